package dev.waybill.server.tile;

import dev.waybill.core.merkle.Tile;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tiles as files under their C2SP names, so that any web server can show a copy of the directory. */
public final class FileTileStore implements TileStore {
    private static final String CHECKPOINT = "checkpoint";

    private final Path root;
    private final FileWrites writes;

    public FileTileStore(Path root) {
        this(root, FileWrites.REAL);
    }

    public FileTileStore(Path root, FileWrites writes) {
        this.root = root;
        this.writes = writes;
    }

    @Override
    public Optional<byte[]> read(Tile tile) {
        return read(tile.path());
    }

    @Override
    public void put(Tile tile, byte[] bytes) {
        Optional<byte[]> existing = read(tile);
        if (existing.isEmpty()) {
            write(tile.path(), bytes);
        } else if (!Arrays.equals(existing.get(), bytes)) {
            throw new Problem.Unavailable(
                            "LEDGER_TILE_DIFFERS",
                            "Deriving " + tile.path() + " of the ledger",
                            "the file that is there has other bytes than the database's entries give.",
                            "Keep both as evidence, and run `waybill ledger verify` to see which one was changed.")
                    .exception();
        } else {
            syncAgain(tile);
        }
    }

    @Override
    public List<Tile> present() {
        Path tiles = root.resolve("tile");
        if (!Files.isDirectory(tiles)) {
            return List.of();
        }
        List<Tile> present = new ArrayList<>();
        try {
            Files.walkFileTree(tiles, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Tile.named(tiles.relativize(file).toString()).ifPresent(present::add);
                    return FileVisitResult.CONTINUE;
                }

                // A temporary file may have been renamed meanwhile.
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    return e instanceof NoSuchFileException ? FileVisitResult.CONTINUE : super.visitFileFailed(file, e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the ledger's tiles", e);
        }
        return present;
    }

    @Override
    public Optional<byte[]> checkpoint() {
        return read(CHECKPOINT);
    }

    @Override
    public void publish(byte[] note) {
        write(CHECKPOINT, note);
    }

    private Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the ledger", e);
        }
    }

    private void write(String name, byte[] bytes) {
        Path file = root.resolve(name);
        try {
            Path directory = file.getParent();
            if (directory != null && !Files.isDirectory(directory)) {
                writes.directories(directory);
            }
            writes.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + name + " of the ledger", e);
        }
    }

    /** A crash between rename and fsync of the directory may have left a name that is not durable yet. */
    private void syncAgain(Tile tile) {
        Path directory = root.resolve(tile.path()).getParent();
        try {
            if (directory != null) {
                writes.sync(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + tile.path() + " durable", e);
        }
    }
}
