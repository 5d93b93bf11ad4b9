package dev.waybill.cli.compare;

import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.cli.Session;
import dev.waybill.cli.artifact.Fetch;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.compare.DirectorySubject;
import dev.waybill.compare.FileSubject;
import dev.waybill.compare.Subject;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the words on the command line name: a path that exists, else an artifact that the server knows. */
final class Subjects implements AutoCloseable {
    private final Session session;
    private final Progress progress;
    private final List<Subject> open = new ArrayList<>();
    private final List<Path> fetched = new ArrayList<>();

    Subjects(Session session, Progress progress) {
        this.session = session;
        this.progress = progress;
    }

    Subject of(String name) throws IOException {
        Path path = session.path(Path.of(name));
        Subject subject;
        if (Files.isDirectory(path)) {
            subject = DirectorySubject.of(path);
        } else if (Files.isRegularFile(path)) {
            subject = FileSubject.of(path);
        } else if (looksLikePath(name)) {
            throw new Problem.Malformed(
                            "NO_SUCH_FILE",
                            "Comparing " + name,
                            "there is no such file or directory.",
                            "Name a file, a directory, or an artifact as `waybill trace` shows it.")
                    .exception();
        } else {
            subject = DirectorySubject.of(fetch(name));
        }
        open.add(subject);
        return subject;
    }

    /** References have no dots before a slash and no extension. */
    private static boolean looksLikePath(String name) {
        boolean extension = name.matches(".*\\.[a-z0-9]{1,5}") && !name.contains(":");
        return extension || name.startsWith(".") || name.startsWith("/");
    }

    private Path fetch(String ref) throws IOException {
        Resolved resolved = session.client().artifacts().resolve(ref);
        Path directory = Files.createTempDirectory("waybill-compare-");
        fetched.add(directory);
        RegistryClient registry = session.client().registry();
        if (ImageFetch.isImage(registry, resolved)) {
            new ImageFetch(registry, progress, resolved.application(), directory).fetch(resolved.digest());
        } else {
            new Fetch(registry, progress).into(resolved.application(), resolved.digest(), directory);
        }
        return directory;
    }

    @Override
    public void close() throws IOException {
        for (Subject subject : open) {
            subject.close();
        }
        for (Path directory : fetched) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
