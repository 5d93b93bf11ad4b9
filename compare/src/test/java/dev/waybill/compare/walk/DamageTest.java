package dev.waybill.compare.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.bytes.Bounds;
import dev.waybill.compare.kit.Images;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.kit.Zip;
import dev.waybill.compare.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any two inputs whatever: an answer, never an exception, and never equal by accident. */
class DamageTest {
    private static final Bounds SMALL = new Bounds(10_000, 50_000_000, 1100, 8, 200);

    private static Map<String, byte[]> inputs() throws IOException {
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        Zip zip = new Zip();
        zip.add("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: a.B\r\n\r\n");
        zip.add("a/B.class", self());
        zip.add("x.properties", "#c\na=1\nb=2\n");
        zip.add("x.json", "{\"a\":[1,{\"b\":null}]}");
        zip.add("x.xml", "<a b='1'><c>t</c></a>");
        zip.add("x.yaml", "a: [1, 2]\nb: {c: d}\n");
        zip.add("META-INF/NOTICE", "Copyright 2020 Us\n");
        inputs.put("x.jar", zip.bytes());
        inputs.put(
                "image.tar",
                new Images()
                        .layer(Images.File.of("etc/os-release", "x"))
                        .layer(Images.File.of("a", "1"))
                        .bytes());
        inputs.put("Self.class", self());
        inputs.put("x.json", "{\"a\":[1,{\"b\":\"\\u00e9\"}]}".getBytes(StandardCharsets.UTF_8));
        inputs.put(
                "x.zst",
                com.github.luben.zstd.Zstd.compress("some text ".repeat(50).getBytes(StandardCharsets.UTF_8)));
        return inputs;
    }

    private static byte[] self() throws IOException {
        try (InputStream in = Objects.requireNonNull(DamageTest.class.getResourceAsStream("DamageTest.class"))) {
            return in.readAllBytes();
        }
    }

    @Test
    void changed_bytes_give_an_answer_and_never_the_word_identical() throws IOException {
        Random random = new Random(7);
        for (Map.Entry<String, byte[]> input : inputs().entrySet()) {
            for (int round = 0; round < 400; round++) {
                byte[] changed = input.getValue().clone();
                int changes = 1 + random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
                }
                check(input.getKey(), input.getValue(), changed);
            }
        }
    }

    @Test
    void cut_off_inputs_are_never_benign() throws IOException {
        Random random = new Random(8);
        for (Map.Entry<String, byte[]> input : inputs().entrySet()) {
            for (int round = 0; round < 40; round++) {
                byte[] cut = java.util.Arrays.copyOf(input.getValue(), random.nextInt(input.getValue().length - 1));
                Result result = Told.of(input.getKey(), input.getValue(), cut, SMALL);
                // The zeros at the end of a tar are the only bytes that nobody misses.
                boolean padding = input.getKey().endsWith(".tar")
                        && Told.rules(result).stream().allMatch(rule -> rule.matches("tar.padding|image.packaging"));
                assertThat(result.verdict().benign() && !padding)
                        .describedAs("%s cut to %d: %s", input.getKey(), cut.length, result.findings())
                        .isFalse();
            }
        }
    }

    @Test
    void noise_and_nothing_give_an_answer() {
        Random random = new Random(9);
        String[] names = {
            "a.jar", "a.tar", "a.gz", "A.class", "a.json", "a.xml", "a.yaml", "a.properties", "META-INF/MANIFEST.MF"
        };
        String[] magic = {
            "PK\u0003\u0004",
            "\u001f\u008b\b",
            "BZh9",
            "\u00fd7zXZ\u0000",
            "(\u00b5/\u00fd",
            "\u0004\"M\u0018",
            "\u00ca\u00fe\u00ba\u00be",
            ""
        };
        for (int round = 0; round < 600; round++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            byte[] head = magic[round % magic.length].getBytes(StandardCharsets.ISO_8859_1);
            byte[] first = java.util.Arrays.copyOf(head, head.length + noise.length);
            System.arraycopy(noise, 0, first, head.length, noise.length);
            String name = names[random.nextInt(names.length)];
            check(name, first, new byte[0]);
            check(name, first, java.util.Arrays.copyOf(first, first.length + 1));
        }
    }

    @Test
    void deep_nesting_ends_at_the_bound() {
        String deep = "[".repeat(100_000);
        check("a.json", (deep + "1").getBytes(StandardCharsets.UTF_8), (deep + "2").getBytes(StandardCharsets.UTF_8));
        check("a.yaml", (deep + "1").getBytes(StandardCharsets.UTF_8), (deep + "2").getBytes(StandardCharsets.UTF_8));
        byte[] one = "innermost".getBytes(StandardCharsets.UTF_8);
        byte[] two = "inmost".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 12; i++) {
            one = wrapped(one);
            two = wrapped(two);
        }
        assertThat(Told.of("a.zip", one, two, SMALL).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    private static byte[] wrapped(byte[] inner) {
        Zip zip = new Zip();
        zip.add("a.zip", inner);
        return zip.bytes();
    }

    private static void check(String name, byte[] first, byte[] second) {
        Result result = Told.of(name, first, second, SMALL);
        boolean same = java.util.Arrays.equals(first, second);
        assertThat(result.verdict() == Verdict.IDENTICAL).describedAs(name).isEqualTo(same);
        assertThat(Told.rules(result)).describedAs("%s", name).doesNotContain("proof.failed");
    }
}
