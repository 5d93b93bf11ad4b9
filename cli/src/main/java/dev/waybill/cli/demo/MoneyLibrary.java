package dev.waybill.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The library that the shop depends on, compiled here and published to the team's package repository. */
final class MoneyLibrary {
    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>example</groupId>
              <artifactId>money</artifactId>
              <version>1.0</version>
            </project>
            """;

    private MoneyLibrary() {}

    static void publish(Path sources, Path work, PackageRepository repository) throws IOException {
        Path classes = Files.createDirectories(work.resolve("money-classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new DemoFailed("The demo compiles a small library and needs a JDK, not only a runtime.");
        }
        try (Stream<Path> tree = Files.walk(sources);
                var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> files =
                    tree.filter(p -> p.toString().endsWith(".java")).sorted().toList();
            boolean compiled = compiler.getTask(
                            null,
                            manager,
                            null,
                            List.of("-d", classes.toString(), "--release", "25"),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new DemoFailed("The library in " + sources + " does not compile.");
            }
        }
        repository.put("example/money/1.0/money-1.0.pom", POM.getBytes(StandardCharsets.UTF_8));
        repository.put("example/money/1.0/money-1.0.jar", jar(classes));
    }

    private static byte[] jar(Path classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> tree = Files.walk(classes)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(classes.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
                zip.putNextEntry(entry);
                Files.copy(file, zip);
            }
        }
        return bytes.toByteArray();
    }
}
