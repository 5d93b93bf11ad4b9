package dev.waybill.compare.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.kit.Zip;
import dev.waybill.compare.verdict.Verdict;
import org.junit.jupiter.api.Test;

class JarTest {
    private static final String MANIFEST = String.join(
            "\r\n",
            "Manifest-Version: 1.0",
            "Main-Class: shop.Main",
            "Built-By: one",
            "Created-By: 17",
            "Export-Package: a;uses:=\"x,y\",b",
            "",
            "");

    private static Result jar(String name, String first, String second) {
        Zip one = new Zip();
        one.add(name, first);
        Zip two = new Zip();
        two.add(name, second);
        return Told.of("x.jar", one.bytes(), two.bytes());
    }

    private static void is(Result result, Verdict verdict, String rule) {
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(verdict);
        assertThat(Told.rules(result)).contains(rule);
    }

    private static Result manifest(String from, String to) {
        assertThat(MANIFEST).contains(from);
        return jar("META-INF/MANIFEST.MF", MANIFEST, MANIFEST.replace(from, to));
    }

    @Test
    void who_built_the_jar_is_metadata() {
        is(manifest("Built-By: one", "Built-By: two"), Verdict.METADATA, "manifest.builder");
        is(manifest("Created-By: 17\r\n", ""), Verdict.METADATA, "manifest.builder");
    }

    @Test
    void line_ends_order_and_wrapping_are_metadata() {
        is(manifest("\r\n", "\n"), Verdict.METADATA, "manifest.layout");
        is(manifest("shop.Main", "shop\r\n .Main"), Verdict.METADATA, "manifest.layout");
    }

    @Test
    void the_order_of_exported_packages_is_metadata() {
        is(manifest("a;uses:=\"x,y\",b", "b,a;uses:=\"y,x\""), Verdict.METADATA, "manifest.list-order");
    }

    @Test
    void the_main_class_and_unknown_attributes_are_functional() {
        is(manifest("shop.Main", "shop.Other"), Verdict.FUNCTIONAL, "manifest.attribute");
        is(manifest("Built-By: one", "Class-Path: lib/x.jar"), Verdict.FUNCTIONAL, "manifest.attribute");
        assertThat(manifest("Built-By: one", "Main-Class: evil.Main").verdict()).isEqualTo(Verdict.FUNCTIONAL);
    }

    @Test
    void comments_and_order_of_properties_are_metadata_and_values_are_not() {
        String first = "#Mon Jan 01\na=1\nb=2\n";
        is(jar("x.properties", first, "#Tue Feb 02\r\nb = 2\r\na=1\r\n"), Verdict.METADATA, "properties.comment");
        is(jar("x.properties", first, first.replace("b=2", "b=3")), Verdict.FUNCTIONAL, "content.differs");
        is(jar("x.properties", first, first + "a=0\n"), Verdict.FUNCTIONAL, "content.kind");
    }

    @Test
    void bytes_that_two_readers_read_differently_are_functional() {
        assertThat(jar("x.properties", "a=\u00e9\n", "a=\\u00c3\\u00a9\n").verdict())
                .isEqualTo(Verdict.FUNCTIONAL);
    }

    @Test
    void the_time_of_the_build_is_metadata_and_another_commit_is_not() {
        String first = "git.build.time=1\ngit.commit.id=aaa\n";
        is(jar("git.properties", first, first.replace("time=1", "time=2")), Verdict.METADATA, "properties.build-fact");
        is(jar("git.properties", first, first.replace("aaa", "bbb")), Verdict.FUNCTIONAL, "properties.commit");
    }

    @Test
    void the_order_of_providers_is_functional_and_their_comments_are_not() {
        is(jar("META-INF/services/x.Y", "a\nb\n", "b\na\n"), Verdict.FUNCTIONAL, "jar.services");
        is(jar("META-INF/services/x.Y", "a\nb\n", "# made by\na\n\nb"), Verdict.METADATA, "properties.layout");
    }

    @Test
    void a_signature_is_a_finding_of_its_own() {
        Zip one = new Zip();
        one.add("a", "1");
        Zip two = new Zip();
        two.add("a", "1");
        two.add("META-INF/X.SF", "Signature-Version: 1.0\r\n");
        is(Told.of("x.jar", one.bytes(), two.bytes()), Verdict.METADATA, "jar.signature");
    }
}
