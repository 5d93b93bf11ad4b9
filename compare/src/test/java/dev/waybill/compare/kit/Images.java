package dev.waybill.compare.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes images as OCI layouts in a tar. */
public final class Images {
    private final List<byte[]> layers = new ArrayList<>();
    private String config = "\"Env\":[\"A=1\"]";
    private String created = "2026-01-01T00:00:00Z";

    /** A file of a layer: its text and mode. */
    public record File(String path, String text, int mode) {
        public static File of(String path, String text) {
            return new File(path, text, 0100644);
        }
    }

    public Images layer(File... files) {
        return layer(1_000_000, files);
    }

    public Images layer(long time, File... files) {
        layers.add(gzip(tar(time, files)));
        return this;
    }

    public Images config(String json) {
        config = json;
        return this;
    }

    public Images created(String time) {
        created = time;
        return this;
    }

    public byte[] bytes() {
        Map<String, byte[]> files = new TreeMap<>();
        List<String> digests = new ArrayList<>();
        for (byte[] layer : layers) {
            digests.add(blob(files, layer));
        }
        String document = "{\"created\":\"" + created + "\",\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{"
                + config + "},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + String.join("\",\"", digests)
                + "\"]}}";
        StringBuilder manifest = new StringBuilder("{\"schemaVersion\":2,\"config\":{\"digest\":\"");
        manifest.append(blob(files, utf8(document))).append("\"},\"layers\":[");
        for (int i = 0; i < digests.size(); i++) {
            manifest.append(i == 0 ? "" : ",")
                    .append("{\"digest\":\"")
                    .append(digests.get(i))
                    .append("\"}");
        }
        String digest = blob(files, utf8(manifest.append("]}").toString()));
        files.put("oci-layout", utf8("{\"imageLayoutVersion\":\"1.0.0\"}"));
        files.put("index.json", utf8("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + digest + "\"}]}"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(tar, new TarArchiveEntry(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] tar(long time, File... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (File file : files) {
                TarArchiveEntry entry = new TarArchiveEntry(file.path());
                entry.setMode(file.mode());
                entry.setModTime(java.nio.file.attribute.FileTime.fromMillis(time));
                put(tar, entry, utf8(file.text()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] bytes) throws IOException {
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String blob(Map<String, byte[]> files, byte[] bytes) {
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            files.put("blobs/sha256/" + hex, bytes);
            return "sha256:" + hex;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
