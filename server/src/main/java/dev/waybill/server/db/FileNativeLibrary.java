package dev.waybill.server.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The driver's native part, which it unpacks into a file before it loads it. Unpacked into a directory of ours and taken away
 * once it is loaded: left to itself the driver uses the directory for temporary files that everybody shares, and whatever is
 * killed, or halts, leaves a megabyte there for ever.
 */
final class FileNativeLibrary {
    /** The driver's own property; an operator who sets it, or names a library, is obeyed. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private static final String OPERATORS_OWN = "org.sqlite.lib.path";

    private FileNativeLibrary() {}

    /** Loads it once for this process. Whoever calls holds the place alone: what an earlier process left there goes. */
    static synchronized void load(Path place) throws IOException {
        if (System.getProperty(PLACE) != null || System.getProperty(OPERATORS_OWN) != null) {
            return;
        }
        remove(place);
        try {
            Files.createDirectories(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            System.setProperty(PLACE, place.toString());
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // A disk whose files may not be run: the driver tries its own place when the first connection is opened.
            System.getLogger("waybill").log(System.Logger.Level.DEBUG, "SQLite was not loaded from " + place, e);
        } finally {
            System.clearProperty(PLACE);
            remove(place);
        }
    }

    /** What is loaded stays loaded without its file. */
    private static void remove(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return;
        }
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(place);
    }
}
