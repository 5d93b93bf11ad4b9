package dev.waybill.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of another program: with a home of its own, bounded in time, both its streams in one text. */
public record Program(Path executable, Path home, Map<String, String> environment) {
    private static final long PATIENCE = 60;

    /** @param exit the exit code; -1 when the program had to be ended */
    public record Ran(int exit, String text) {}

    public Ran run(List<String> arguments) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Path output = Files.createTempFile(home, "run", ".log");
        List<String> command = new java.util.ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Ran(ended ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
    }
}
