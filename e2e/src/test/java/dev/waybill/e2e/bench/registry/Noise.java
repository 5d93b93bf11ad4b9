package dev.waybill.e2e.bench.registry;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Large random content that is never held whole: one random block, different at every place by a counter in each 4 KiB. */
record Noise(long seed, long size) {
    private static final int BLOCK = 1024 * 1024;
    private static final int PAGE = 4096;

    void write(OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        new SplittableRandom(seed).nextBytes(block);
        ByteBuffer words = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        long page = 0;
        for (long left = size; left > 0; left -= BLOCK) {
            for (int at = 0; at < BLOCK; at += PAGE) {
                words.putLong(at, seed * 31 + page++);
            }
            out.write(block, 0, (int) Math.min(BLOCK, left));
        }
    }

    Digest digest() throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            write(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
            return Digest.parse("sha256:" + HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
