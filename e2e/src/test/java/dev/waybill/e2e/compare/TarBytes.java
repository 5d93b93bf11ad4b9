package dev.waybill.e2e.compare;

import dev.waybill.core.name.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Plain tars, and images in them. */
final class TarBytes {
    private static final int BLOCK = 512;

    private TarBytes() {}

    static byte[] of(Map<String, byte[]> files) {
        return of(files, 1_600_000_000L, 0644);
    }

    static byte[] of(Map<String, byte[]> files, long time, int mode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TreeMap<>(files).forEach((name, content) -> {
            byte[] header = new byte[BLOCK];
            put(header, 0, name);
            put(header, 100, String.format(Locale.ROOT, "%07o", mode));
            put(header, 108, "0000000");
            put(header, 116, "0000000");
            put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
            put(header, 136, String.format(Locale.ROOT, "%011o", time));
            put(header, 148, "        ");
            put(header, 156, "0");
            put(header, 257, "ustar");
            put(header, 263, "00");
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xff;
            }
            put(header, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
            out.writeBytes(header);
            out.writeBytes(content);
            out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        });
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /** An OCI layout with one layer. */
    static byte[] image(byte[] layer, String config) {
        Map<String, byte[]> files = new TreeMap<>();
        String diff = blob(files, layer);
        String document = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":" + config
                + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + diff + "\"]}}";
        String manifest = "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + blob(files, bytes(document))
                + "\"},\"layers\":[{\"digest\":\"" + diff + "\"}]}";
        String digest = blob(files, bytes(manifest));
        files.put("oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"));
        files.put("index.json", bytes("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + digest + "\"}]}"));
        return of(files);
    }

    private static String blob(Map<String, byte[]> files, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        files.put("blobs/sha256/" + digest.hex(), bytes);
        return digest.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = bytes(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
