package dev.waybill.e2e.compare;

import dev.waybill.e2e.compare.RealJars.Jar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Twelve kinds of edit that change what an artifact does. Each makes a pair out of a real jar. */
enum Edit {
    NEGATED_BRANCH {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            return inClass(jar, random, ClassEdits::negatedBranch);
        }
    },
    CHANGED_CONSTANT {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            return inClass(jar, random, ClassEdits::changedConstant);
        }
    },
    DROPPED_SYNCHRONIZED {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            return inClass(jar, random, ClassEdits::synchronizedMethod).map(Pair::turned);
        }
    },
    SWAPPED_ARGUMENTS {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            return inClass(jar, random, ClassEdits::swappedArguments);
        }
    },
    FLIPPED_CONFIGURATION {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            String[][] files = {
                {"application.properties", "# by us\nenabled=true\nlimit=5\n", "true", "false"},
                {"conf/app.yaml", "enabled: true\nlimit: 5\n", "5", "6"},
                {"conf/app.json", "{\"enabled\": true, \"limit\": 5}", "true", "false"},
                {"conf/app.xml", "<app><enabled>true</enabled></app>", "true", "false"},
            };
            String[] file = files[random.nextInt(files.length)];
            return Optional.of(inText(jar, file[0], file[1], file[1].replace(file[2], file[3])));
        }
    },
    EXECUTE_OR_SETUID_BIT {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            byte[] first = RealJars.write(jar.files());
            int mode = random.nextBoolean() ? 0100755 : 0104644;
            int entry = random.nextInt(jar.files().size());
            return Optional.of(new Pair(jar.name(), first, ZipBytes.withMode(first, entry, mode)));
        }
    },
    MAIN_CLASS {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            String manifest = "Manifest-Version: 1.0\r\nMain-Class: shop.Main\r\n\r\n";
            return Optional.of(inText(jar, "META-INF/MANIFEST.MF", manifest, manifest.replace("Main\r", "Mean\r")));
        }
    },
    DUPLICATE_ENTRY {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            List<String> names = new ArrayList<>(jar.files().keySet());
            String name = names.get(random.nextInt(names.size()));
            Map<String, byte[]> more = jar.copy();
            String placeholder = "~".repeat(name.getBytes(StandardCharsets.UTF_8).length);
            more.put(placeholder, random.nextBoolean() ? jar.file(name) : new byte[] {1, 2, 3});
            byte[] second = ZipBytes.renamed(RealJars.write(more), placeholder, name);
            return Optional.of(new Pair(jar.name(), RealJars.write(jar.files()), second));
        }
    },
    SERVICES_ORDER {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            return Optional.of(inText(jar, "META-INF/services/shop.Till", "shop.A\nshop.B\n", "shop.B\nshop.A\n"));
        }
    },
    NESTED_JAR_REPLACED {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            Optional<Pair> inner = CHANGED_CONSTANT.of(jar, random);
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            String stem = "WEB-INF/lib/" + jar.name().replaceFirst("-[0-9].*", "");
            boolean renamed = random.nextBoolean();
            Map<String, byte[]> first = new LinkedHashMap<>();
            first.put(stem + "-1.0.0.jar", inner.get().first());
            Map<String, byte[]> second = new LinkedHashMap<>();
            second.put(
                    stem + (renamed ? "-1.0.1.jar" : "-1.0.0.jar"), inner.get().second());
            return Optional.of(new Pair("app.war", RealJars.write(first), RealJars.write(second)));
        }
    },
    IMAGE_ENVIRONMENT {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            byte[] layer = TarBytes.of(Map.of("app/app.jar", RealJars.write(jar.files())));
            return Optional.of(new Pair(
                    "image.tar",
                    TarBytes.image(layer, "{\"Env\":[\"MODE=safe\",\"PATH=/bin\"]}"),
                    TarBytes.image(layer, "{\"Env\":[\"MODE=fast\",\"PATH=/bin\"]}")));
        }
    },
    BYTES_BEFORE_THE_ARCHIVE {
        @Override
        Optional<Pair> of(Jar jar, Random random) {
            byte[] first = RealJars.write(jar.files());
            byte[] prefix = "#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(StandardCharsets.US_ASCII);
            return Optional.of(new Pair(jar.name(), first, ZipBytes.join(prefix, first)));
        }
    };

    private interface ClassEdit {
        Optional<byte[]> apply(byte[] bytes, Random random);
    }

    abstract Optional<Pair> of(Jar jar, Random random);

    private static Optional<Pair> inClass(Jar jar, Random random, ClassEdit edit) {
        List<String> classes = new ArrayList<>(jar.files().keySet().stream()
                .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/versions"))
                .toList());
        java.util.Collections.shuffle(classes, random);
        for (String name : classes.subList(0, Math.min(80, classes.size()))) {
            Optional<byte[]> edited = edit.apply(jar.file(name), random);
            if (edited.isPresent()) {
                Map<String, byte[]> second = jar.copy();
                second.put(name, edited.get());
                return Optional.of(new Pair(jar.name(), RealJars.write(jar.files()), RealJars.write(second)));
            }
        }
        return Optional.empty();
    }

    private static Pair inText(Jar jar, String name, String before, String after) {
        Map<String, byte[]> first = jar.copy();
        first.put(name, before.getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> second = jar.copy();
        second.put(name, after.getBytes(StandardCharsets.UTF_8));
        return new Pair(jar.name(), RealJars.write(first), RealJars.write(second));
    }
}
