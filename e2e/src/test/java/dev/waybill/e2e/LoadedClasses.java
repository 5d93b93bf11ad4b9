package dev.waybill.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The classes of a server as an archive for the processes of these tests: a third of what each costs to start is reading them.
 * Made once by whoever needs it first; a process that finds none, or one of other classes, starts without.
 */
final class LoadedClasses {
    private static final long PATIENCE_SECONDS = 120;
    private static final String PATH = path();
    private static final Path ARCHIVE = made();

    private LoadedClasses() {}

    static Path archive() {
        return ARCHIVE;
    }

    /** The class path of a process that runs us. Only one of jars can be archived: the tests' own directories are left out. */
    static String classPath() {
        return PATH;
    }

    private static String path() {
        String whole = System.getProperty("java.class.path");
        String jars = Arrays.stream(whole.split(File.pathSeparator))
                .filter(place -> Files.isRegularFile(Path.of(place)))
                .collect(Collectors.joining(File.pathSeparator));
        return jars.contains("waybill-cli") ? jars : whole;
    }

    private static Path made() {
        Path target = Path.of("target").toAbsolutePath();
        Path archive = target.resolve("processes-" + Long.toHexString(built()) + ".jsa");
        try (FileChannel channel = FileChannel.open(
                        Files.createDirectories(target).resolve("processes.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!Files.exists(archive)) {
                make(target, archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return archive;
        }
    }

    /** Other classes, another archive. */
    private static long built() {
        long all = PATH.hashCode();
        for (String place : PATH.split(File.pathSeparator)) {
            all = all * 31 + Path.of(place).toFile().lastModified();
        }
        return all;
    }

    private static void make(Path target, Path archive) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("classes");
        Path fresh = target.resolve("processes.new");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + fresh,
                        "-Xlog:cds=off",
                        "-Xlog:aot=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        PATH,
                        "dev.waybill.cli.Main",
                        "server",
                        "--data",
                        data.resolve("data").toString(),
                        "--port",
                        "0",
                        "--check"))
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("processes.log").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (Files.exists(fresh)) {
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
