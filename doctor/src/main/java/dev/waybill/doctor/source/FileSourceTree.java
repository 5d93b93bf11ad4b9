package dev.waybill.doctor.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A directory. Symbolic links are not followed, so that nothing outside is read; dependencies are left out. */
public final class FileSourceTree implements SourceTree {
    private static final int MOST_FILES = 200_000;
    private static final int LARGEST = 1 << 20;
    private static final Set<String> LEFT_OUT = Set.of(
            ".git", "node_modules", "vendor", "target", "dist", "build", ".venv", "venv", ".gradle", ".terraform");

    private final Path root;
    private final TreeSet<String> paths = new TreeSet<>();
    private final Map<String, Optional<String>> texts = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();

    public FileSourceTree(Path root) throws IOException {
        this.root = root;
        Files.walkFileTree(root, new Walk());
    }

    @Override
    public List<String> paths() {
        return List.copyOf(paths);
    }

    @Override
    public boolean has(String path) {
        return paths.contains(path);
    }

    @Override
    public List<Note> notes() {
        return Collections.unmodifiableList(notes);
    }

    @Override
    public Optional<String> text(String path) {
        return paths.contains(path) ? texts.computeIfAbsent(path, this::read) : Optional.empty();
    }

    private Optional<String> read(String path) {
        try {
            Path file = root.resolve(path);
            if (Files.size(file) > LARGEST) {
                notes.add(new Note(new Place(path, 1), "larger than 1 MiB, not read"));
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException e) {
            notes.add(new Note(new Place(path, 1), "no UTF-8 text, not read"));
            return Optional.empty();
        } catch (IOException e) {
            notes.add(new Note(new Place(path, 1), "not readable"));
            return Optional.empty();
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean skipped = !directory.equals(root)
                    && LEFT_OUT.contains(directory.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                paths.add(root.relativize(file).toString().replace('\\', '/'));
            }
            if (paths.size() < MOST_FILES) {
                return FileVisitResult.CONTINUE;
            }
            notes.add(new Note(new Place(".", 1), "more than " + MOST_FILES + " files, the rest is not read"));
            return FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            notes.add(new Note(new Place(root.relativize(file).toString(), 1), "not readable"));
            return FileVisitResult.CONTINUE;
        }
    }
}
