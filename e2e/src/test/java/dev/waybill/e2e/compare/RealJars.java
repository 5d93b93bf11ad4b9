package dev.waybill.e2e.compare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Jars of other people, from the class path of these tests, and how they are written anew. */
final class RealJars {
    private static final long LARGEST = 2_500_000;

    private RealJars() {}

    /** A jar's members in their order. */
    record Jar(String name, Map<String, byte[]> files) {
        byte[] file(String name) {
            return java.util.Objects.requireNonNull(files.get(name));
        }

        Map<String, byte[]> copy() {
            return new LinkedHashMap<>(files);
        }
    }

    static List<Jar> some() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar")
                        && !path.getFileName().toString().startsWith("waybill"))
                .filter(path ->
                        path.toFile().length() < LARGEST && path.toFile().length() > 20_000)
                .sorted(java.util.Comparator.comparing(
                        path -> path.getFileName().toString()))
                .limit(Integer.getInteger("waybill.compare.jars", 6))
                .map(RealJars::read)
                .toList();
    }

    static long seed() {
        return Long.getLong("waybill.compare.seed", 20261121L);
    }

    private static Jar read(Path path) {
        try {
            return new Jar(path.getFileName().toString(), files(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> files(byte[] jar) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.putIfAbsent(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    static byte[] write(Map<String, byte[]> files) {
        return write(files, 6, 1_600_000_000_000L);
    }

    /** @param level 0 to 9, or -1 to store without compression */
    static byte[] write(Map<String, byte[]> files, int level, long time) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Math.max(0, level));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(time);
                if (level < 0) {
                    CRC32 crc = new CRC32();
                    crc.update(file.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
