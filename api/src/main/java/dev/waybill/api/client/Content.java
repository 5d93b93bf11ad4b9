package dev.waybill.api.client;

import dev.waybill.core.name.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Supplier;

/** Bytes to push, with their digest and length known before the first one is sent. */
public final class Content {
    private final Digest digest;
    private final long size;
    private final Supplier<BodyPublisher> body;

    private Content(Digest digest, long size, Supplier<BodyPublisher> body) {
        this.digest = digest;
        this.size = size;
        this.body = body;
    }

    public static Content of(byte[] bytes) {
        byte[] own = bytes.clone();
        return new Content(Digest.sha256(own), own.length, () -> BodyPublishers.ofByteArray(own));
    }

    /** Reads the file once for its digest; if it changes afterwards, the registry refuses the push. */
    public static Content of(Path file) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA256.newMessageDigest();
        long size = 0;
        byte[] buffer = new byte[128 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
                size += n;
            }
        }
        return new Content(Digest.of(Digest.Algorithm.SHA256, hash.digest()), size, () -> publisher(file));
    }

    /** A file whose digest was computed before; if it has other bytes by then, the registry refuses the push. */
    public static Content of(Path file, Digest digest, long size) {
        return new Content(digest, size, () -> publisher(file));
    }

    public Digest digest() {
        return digest;
    }

    public long size() {
        return size;
    }

    BodyPublisher body() {
        return body.get();
    }

    private static BodyPublisher publisher(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }
}
