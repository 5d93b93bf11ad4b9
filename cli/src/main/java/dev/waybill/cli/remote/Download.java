package dev.waybill.cli.remote;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;

/** One blob on its way into a file, hashed as it comes; it goes on where a connection broke, if the registry can. */
final class Download implements AutoCloseable {
    private final FileChannel file;
    private final Digest.Algorithm algorithm;
    private final long size;
    private final Duration silence;
    private MessageDigest hash;
    private long count;

    Download(Path file, Digest digest, long size, Duration silence) throws IOException {
        this.file = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.algorithm = digest.algorithm();
        this.size = size;
        this.silence = silence;
        this.hash = algorithm.newMessageDigest();
    }

    /** Where to go on. */
    long count() {
        return count;
    }

    /** Takes what the answer brings: all of it, or the rest (206). {@code IOException} when the connection breaks. */
    void take(HttpResponse<InputStream> answer) throws IOException {
        boolean rest = answer.statusCode() == 206
                && answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + count + "-");
        if (!rest) {
            restart();
        }
        byte[] buffer = new byte[128 * 1024];
        try (Idle body = Idle.watch(answer.body(), silence)) {
            for (int n = body.read(buffer); n >= 0 && count <= size; n = body.read(buffer)) {
                hash.update(buffer, 0, n);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                count += n;
            }
        }
    }

    private void restart() throws IOException {
        file.truncate(0);
        hash = algorithm.newMessageDigest();
        count = 0;
    }

    /** Of all that came; call once. */
    Digest digest() {
        return Digest.of(algorithm, hash.digest());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
