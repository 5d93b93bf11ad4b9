package dev.waybill.e2e.compare;

import dev.waybill.e2e.compare.RealJars.Jar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Differences that a second build of the same source makes without anybody's intention; each alone, or many at once. */
enum Noise {
    TIME,
    ORDER,
    COMPRESSION,
    DIRECTORIES,
    COMMENT,
    UMASK,
    BUILDER,
    PROPERTIES,
    JSON,
    XML,
    NOTICE,
    NESTED,
    IN_TAR;

    private static final String MANIFEST = "Manifest-Version: 1.0\r\nMain-Class: shop.Main\r\n%s\r\n";
    private static final String[][] TEXTS = {
        {
            "PROPERTIES",
            "build.properties",
            "#Mon Jan 05 10:00:00 UTC 2026\na=1\nb=2\n",
            "#Tue Feb 03 11:22:33 CET 2026\r\nb=2\r\na=1\r\n"
        },
        {
            "JSON",
            "data/x.json",
            "{\"a\":1,\"b\":[1,2,{\"c\":null}]}",
            "{\n  \"b\": [1, 2, {\"c\": null}],\n  \"a\": 1\n}\n"
        },
        {
            "XML",
            "data/x.xml",
            "<r a=\"1\" b=\"2\"><i>t</i></r>",
            "<?xml version=\"1.0\"?>\n<!-- made -->\n<r b='2' a='1'>\n  <i>t</i>\n</r>\n"
        },
        {"NOTICE", "META-INF/NOTICE", "Us\nCopyright 2014-2025 Us\n", "Us\r\nCopyright 2014-2026 Us\r\n"},
    };

    /** Both sides are written from the same members; the second one with the noise. */
    static Pair of(Jar jar, Set<Noise> noises, Random random) {
        Map<String, byte[]> first = jar.copy();
        Map<String, byte[]> second = jar.copy();
        for (String[] text : TEXTS) {
            boolean noisy = noises.contains(valueOf(text[0]));
            first.put(text[1], utf8(text[2]));
            second.put(text[1], utf8(noisy ? text[3] : text[2]));
        }
        first.put("META-INF/MANIFEST.MF", utf8(MANIFEST.formatted("Built-By: a\r\nCreated-By: 17 (A)\r\n")));
        second.put(
                "META-INF/MANIFEST.MF",
                utf8(MANIFEST.formatted(
                        noises.contains(BUILDER)
                                ? "Created-By: 25 (B)\r\nBuild-Jdk-Spec: 25\r\n"
                                : "Built-By: a\r\nCreated-By: 17 (A)\r\n")));
        Pair pair = new Pair(jar.name(), RealJars.write(first), archived(second, noises, random));
        if (noises.contains(NESTED)) {
            pair = new Pair(
                    "app.war",
                    RealJars.write(Map.of("WEB-INF/lib/inner.jar", pair.first())),
                    RealJars.write(Map.of("WEB-INF/lib/inner.jar", pair.second())));
        }
        if (noises.contains(IN_TAR)) {
            pair = new Pair(
                    "app.tar",
                    TarBytes.of(Map.of("app.jar", pair.first())),
                    TarBytes.of(Map.of("app.jar", pair.second()), 1_700_000_000L, 0664));
        }
        return pair;
    }

    private static byte[] archived(Map<String, byte[]> files, Set<Noise> noises, Random random) {
        Map<String, byte[]> ordered = files;
        if (noises.contains(ORDER)) {
            List<String> names = new ArrayList<>(files.keySet());
            Collections.shuffle(names, random);
            ordered = new LinkedHashMap<>();
            for (String name : names) {
                ordered.put(name, files.get(name));
            }
        }
        if (noises.contains(DIRECTORIES)) {
            ordered = new LinkedHashMap<>(ordered);
            ordered.put("META-INF/", new byte[0]);
            ordered.put("data/", new byte[0]);
        }
        int level = noises.contains(COMPRESSION) ? random.nextInt(11) - 1 : 6;
        long time =
                noises.contains(TIME) ? 1_000_000_000_000L + random.nextInt(1_000_000_000) * 500L : 1_600_000_000_000L;
        byte[] zip = RealJars.write(ordered, level, time);
        if (noises.contains(UMASK)) {
            zip = ZipBytes.withMode(zip, random.nextInt(ordered.size() / 2), random.nextBoolean() ? 0100664 : 0100644);
        }
        return noises.contains(COMMENT) ? ZipBytes.commented(zip, "made on a Monday") : zip;
    }

    static Set<Noise> several(Random random) {
        Set<Noise> noises = EnumSet.noneOf(Noise.class);
        for (Noise noise : values()) {
            if (random.nextBoolean()) {
                noises.add(noise);
            }
        }
        noises.add(values()[random.nextInt(values().length)]);
        return noises;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
