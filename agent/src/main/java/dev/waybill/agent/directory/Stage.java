package dev.waybill.agent.directory;

import dev.waybill.agent.driver.Order;
import dev.waybill.agent.store.ContentStore;
import dev.waybill.agent.store.Disk;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a release's files beside the running one: in {@code incoming/N} first, then by rename in {@code releases/N}. Files
 * are copied, never linked: a process that alters its own files must not alter the bytes kept for going back.
 */
final class Stage {
    private static final String READ = "r--r--r--";
    private static final String RUN = "r-xr-xr-x";

    private final Disk disk;
    private final Root root;
    private final ContentStore content;

    Stage(Disk disk, Root root, ContentStore content) {
        this.disk = disk;
        this.root = root;
        this.content = content;
    }

    /** Makes {@code releases/<directory>} anew and returns its files. */
    List<Kept.StagedFile> lay(String directory, Order.Contents contents) throws IOException {
        Path incoming = root.incoming().resolve(directory);
        disk.remove(incoming);
        disk.directory(incoming);
        List<Kept.StagedFile> staged = new ArrayList<>();
        for (Order.PackedFile file : contents.files()) {
            if (file.form() == Order.Form.DIRECTORY) {
                unpack(incoming, file, staged);
            } else {
                boolean program = file.form() == Order.Form.PROGRAM
                        || program(contents.run().command()).equals(file.path());
                staged.add(copy(incoming, file, program ? RUN : READ));
            }
        }
        disk.remove(root.release(directory));
        disk.rename(incoming, root.release(directory));
        return List.copyOf(staged);
    }

    private Kept.StagedFile copy(Path incoming, Order.PackedFile file, String mode) throws IOException {
        Path to = inside(incoming, file.path());
        try (InputStream in = content.open(file.digest())) {
            Digest written = disk.fill(to, in, mode).digest();
            if (!written.equals(file.digest())) {
                throw ContentStore.damaged(file.digest());
            }
            return new Kept.StagedFile(file.path(), written);
        }
    }

    /** Entries are trusted only after the whole layer was hashed, which {@link Hashed#drain} sees to. */
    private void unpack(Path incoming, Order.PackedFile layer, List<Kept.StagedFile> staged) throws IOException {
        try (Hashed in = new Hashed(content.open(layer.digest()))) {
            TarReader tar = new TarReader(in);
            for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
                Path to = inside(incoming, entry.path());
                if (entry.directory()) {
                    disk.directory(to);
                } else {
                    Digest written = disk.fill(to, tar.content(), entry.executable() ? RUN : READ)
                            .digest();
                    staged.add(new Kept.StagedFile(entry.path(), written));
                }
            }
            if (!in.drain().equals(layer.digest())) {
                throw ContentStore.damaged(layer.digest());
            }
        }
    }

    private Path inside(Path directory, String path) throws IOException {
        Path to = directory.resolve(path).normalize();
        if (path.isEmpty() || path.indexOf('\0') >= 0 || !to.startsWith(directory) || to.equals(directory)) {
            throw new Problem.Refused(
                            "PATH_OUTSIDE",
                            "Staging the file '" + path + "'",
                            "its path leads out of the release's directory.",
                            "Build the artifact again with paths that stay inside.")
                    .exception();
        }
        Path parent = to.getParent();
        if (parent != null) {
            disk.directory(parent);
        }
        return to;
    }

    private static String program(List<String> command) {
        String first = command.isEmpty() ? "" : command.getFirst();
        return first.startsWith("./") ? first.substring(2) : first;
    }
}
