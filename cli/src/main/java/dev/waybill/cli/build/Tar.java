package dev.waybill.cli.build;

import dev.waybill.core.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory as a tar (POSIX ustar, pax headers for long names) that depends on names and contents alone: sorted by path,
 * times 0, owner 0:0 without names, modes 0755 for directories and programs and 0644 for the rest.
 */
final class Tar {
    private static final int BLOCK = 512;

    private Tar() {}

    /** Writes {@code directory} as {@code name/...}; links are refused, for what they point at is not inside. */
    static void write(Path directory, String name, Path to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
                Stream<Path> walk = Files.walk(directory)) {
            Map<String, Path> sorted = new TreeMap<>();
            walk.forEach(path -> sorted.put(entryName(directory, name, path), path));
            for (Map.Entry<String, Path> entry : sorted.entrySet()) {
                entry(out, entry.getKey(), entry.getValue());
            }
            out.write(new byte[2 * BLOCK]);
        }
    }

    private static String entryName(Path directory, String name, Path path) {
        String inside = directory.relativize(path).toString().replace('\\', '/');
        String whole = inside.isEmpty() ? name : name + "/" + inside;
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? whole + "/" : whole;
    }

    private static void entry(OutputStream out, String name, Path path) throws IOException {
        boolean directory = name.endsWith("/");
        if (!directory && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new Problem.Refused(
                            "OUTPUT_NOT_A_FILE",
                            "Packing " + name,
                            "it is a link or a special file.",
                            "Let the build copy the file itself.")
                    .exception();
        }
        if (Outputs.isHistory(path.getFileName())) {
            throw new Problem.Refused(
                            "OUTPUT_IS_SOURCE",
                            "Packing " + name,
                            "it is git's history, which differs from clone to clone.",
                            "Let the build copy only the files that are to be shipped.")
                    .exception();
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long size = directory ? 0 : Files.size(path);
        if (bytes.length > 100 || size >= 1L << 33) {
            pax(out, name, size);
        }
        int mode = directory || Files.isExecutable(path) ? 0755 : 0644;
        out.write(header(bytes, size, mode, directory ? '5' : '0'));
        if (!directory) {
            long written = Files.copy(path, out);
            if (written != size) {
                throw new IOException(path + " changed while it was packed");
            }
            pad(out, size);
        }
    }

    /** pax extended header (POSIX.1-2017, pax, "pax Header Block"): path and size in full. */
    private static void pax(OutputStream out, String name, long size) throws IOException {
        byte[] records =
                (paxRecord("path", name) + paxRecord("size", Long.toString(size))).getBytes(StandardCharsets.UTF_8);
        out.write(header("pax".getBytes(StandardCharsets.US_ASCII), records.length, 0644, 'x'));
        out.write(records);
        pad(out, records.length);
    }

    private static String paxRecord(String key, String value) {
        int body = key.length() + value.getBytes(StandardCharsets.UTF_8).length + 3;
        int length = body + Integer.toString(body).length();
        // Writing the length may make it one digit longer.
        length = body + Integer.toString(length).length();
        return length + " " + key + "=" + value + "\n";
    }

    private static byte[] header(byte[] name, long size, int mode, char type) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, 100));
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, Math.min(size, (1L << 33) - 1));
        octal(header, 136, 12, 0);
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        text(header, 257, "ustar");
        text(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, String.format(Locale.ROOT, "%06o", sum));
        header[154] = 0;
        return header;
    }

    private static void octal(byte[] header, int at, int length, long value) {
        text(header, at, String.format(Locale.ROOT, "%0" + (length - 1) + "o", value));
    }

    private static void text(byte[] header, int at, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static void pad(OutputStream out, long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
