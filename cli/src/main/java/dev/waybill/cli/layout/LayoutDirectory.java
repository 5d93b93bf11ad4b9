package dev.waybill.cli.layout;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Where the files of a layout lie, and reading them without following any link. */
public final class LayoutDirectory {
    static final String MARK = "oci-layout";
    static final String INDEX = "index.json";

    /** The annotation by which a layout names what an entry of its index is called (image-spec, annotations.md). */
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Path root;

    LayoutDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path algorithm(Digest digest) {
        return root.resolve("blobs").resolve(digest.algorithm().label());
    }

    /** A digest has hex digits only, so its name leads nowhere else. */
    public Path blob(Digest digest) {
        return algorithm(digest).resolve(digest.hex());
    }

    static String place(Digest digest) {
        return "blobs/" + digest.algorithm().label() + "/" + digest.hex();
    }

    /** False if there is nothing; {@code LAYOUT_INVALID} for what is no plain file in plain directories. */
    boolean has(Digest digest) {
        requirePlainDirectory(root.resolve("blobs"), "blobs");
        requirePlainDirectory(algorithm(digest), "blobs/" + digest.algorithm().label());
        return isPlainFile(blob(digest), place(digest));
    }

    /** True if the blob is there, whole. */
    boolean isWhole(Digest digest, long size) throws IOException {
        return has(digest)
                && Files.size(blob(digest)) == size
                && hash(blob(digest), digest.algorithm()).equals(digest);
    }

    /** A small file of the layout, such as its index. */
    byte[] read(Path file, String place, int limit) throws IOException {
        if (!isPlainFile(file, place)) {
            throw invalid(place, "it is missing.", "Copy the whole layout again.");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw invalid(
                        place,
                        "it has more than " + limit + " bytes, which is the most that is read.",
                        "Write fewer images into one layout.");
            }
            return bytes;
        }
    }

    static Digest hash(Path file, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newMessageDigest();
        byte[] buffer = new byte[128 * 1024];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return Digest.of(algorithm, hash.digest());
    }

    private void requirePlainDirectory(Path directory, String place) {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw invalid(place, "it is a link or a file, and a directory is expected.", "Put the blobs there.");
        }
    }

    private boolean isPlainFile(Path file, String place) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw invalid(
                    place, "it is a link or no file, and might lead anywhere.", "Put the bytes themselves there.");
        }
        return true;
    }

    ProblemException invalid(String place, String missing, String next) {
        return new Problem.Malformed("LAYOUT_INVALID", "Reading " + place + " in " + root, missing, next).exception();
    }
}
