package dev.waybill.compare.image;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads the databases of dpkg and apk: paragraphs of fields, one for each package. */
final class PackageList {
    private PackageList() {}

    /** Versions of what is installed, by name ({@code deb-control(5)}). */
    static Map<String, String> dpkg(String text) {
        Map<String, String> versions = new TreeMap<>();
        for (String paragraph : text.split("\n\n")) {
            String name = field(paragraph, "Package: ");
            String version = field(paragraph, "Version: ");
            if (!name.isEmpty()
                    && !version.isEmpty()
                    && field(paragraph, "Status: ").endsWith(" installed")) {
                versions.merge(name, version, (a, b) -> a.equals(b) ? a : a + "," + b);
            }
        }
        return versions;
    }

    /** The same of apk. */
    static Map<String, String> apk(String text) {
        Map<String, String> versions = new TreeMap<>();
        for (String paragraph : text.split("\n\n")) {
            String name = field(paragraph, "P:");
            if (!name.isEmpty()) {
                versions.put(name, field(paragraph, "V:"));
            }
        }
        return versions;
    }

    /** Packages by the files that they own: {@code F:} begins a directory, {@code R:} names a file in it. */
    static Map<String, String> apkFiles(String text) {
        Map<String, String> owners = new HashMap<>();
        for (String paragraph : text.split("\n\n")) {
            String name = field(paragraph, "P:");
            String directory = "";
            for (String line : paragraph.split("\n")) {
                if (line.startsWith("F:")) {
                    directory = line.substring(2);
                } else if (line.startsWith("R:")) {
                    owners.put((directory.isEmpty() ? "" : directory + "/") + line.substring(2), name);
                }
            }
        }
        return owners;
    }

    private static String field(String paragraph, String key) {
        for (String line : paragraph.split("\n")) {
            if (line.startsWith(key)) {
                return line.substring(key.length()).strip();
            }
        }
        return "";
    }
}
