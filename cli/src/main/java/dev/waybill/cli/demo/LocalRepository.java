package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A build machine's local Maven repository: hard links to what this user's already holds (plugins, JUnit), so that the demo
 * downloads little and leaves nothing behind there; without the demo's own library.
 */
final class LocalRepository {
    private LocalRepository() {}

    static Path linkInto(Path target) throws IOException {
        Files.createDirectories(target);
        Path source = Path.of(System.getProperty("user.home"), ".m2", "repository");
        if (!Files.isDirectory(source)) {
            return target;
        }
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(source.resolve("example"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target.resolve(source.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                link(file, target.resolve(source.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        return target;
    }

    private static void link(Path file, Path as) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".jar") && !name.endsWith(".pom")) {
            // Maven rewrites its own notes in place; a link would carry that into the user's repository.
            Files.copy(file, as);
            return;
        }
        try {
            Files.createLink(as, file);
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system: a copy costs time and space but is the same repository.
            Files.copy(file, as);
        }
    }
}
