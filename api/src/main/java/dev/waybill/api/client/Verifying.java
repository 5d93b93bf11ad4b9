package dev.waybill.api.client;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Count;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Copies content while hashing and counting it; what does not match its promise is given to nobody. */
final class Verifying {
    record Expected(Digest digest, long size) {}

    private Verifying() {}

    static byte[] read(String tried, InputStream in, Digest digest, long size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(tried, in, out, new Expected(digest, size));
        return out.toByteArray();
    }

    /** Writes beside {@code file}, flushes to disk, and renames only when all is right: a crash leaves a {@code .part}. */
    static void save(String tried, InputStream in, Expected expected, Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(directory, ".waybill-", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                copy(tried, in, out, expected);
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static void requireDigest(String tried, Digest digest, byte[] bytes) {
        MessageDigest hash = digest.algorithm().newMessageDigest();
        Digest actual = Digest.of(digest.algorithm(), hash.digest(bytes));
        if (!actual.equals(digest)) {
            throw mismatch(tried, "the bytes that came have the digest " + actual + ".");
        }
    }

    private static void copy(String tried, InputStream in, OutputStream out, Expected expected) throws IOException {
        MessageDigest hash = expected.digest().algorithm().newMessageDigest();
        byte[] buffer = new byte[128 * 1024];
        long count = 0;
        for (int n = read(tried, in, buffer, count); n >= 0; n = read(tried, in, buffer, count)) {
            count += n;
            if (count > expected.size()) {
                throw mismatch(tried, "more than the promised " + expected.size() + " bytes came.");
            }
            hash.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        if (count != expected.size()) {
            throw mismatch(tried, Count.of(count, "byte") + " came, " + expected.size() + " were promised.");
        }
        Digest actual = Digest.of(expected.digest().algorithm(), hash.digest());
        if (!actual.equals(expected.digest())) {
            throw mismatch(tried, "the bytes that came have the digest " + actual + ".");
        }
    }

    /** A connection that breaks is the network's failure, not the disk's. */
    private static int read(String tried, InputStream in, byte[] buffer, long count) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new Problem.Unavailable(
                            "CONTENT_TRUNCATED",
                            tried,
                            "the connection broke after " + Count.of(count, "byte") + " (" + e.getMessage() + ").",
                            "Try again.")
                    .exception();
        }
    }

    static ProblemException mismatch(String tried, String what) {
        return new Problem.Unavailable(
                        "CONTENT_MISMATCH",
                        tried,
                        what,
                        "Nothing was kept. The registry's disk or something before it alters content: pushing the same bytes again heals"
                                + " the disk, and the server's log names what is damaged.")
                .exception();
    }
}
