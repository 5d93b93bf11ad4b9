package dev.waybill.compare.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DataTest {
    private static void is(Verdict verdict, String name, String first, String second) {
        Result result = Told.of(name, first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(verdict);
    }

    @Test
    void members_of_json_have_no_order_and_items_have() {
        is(Verdict.METADATA, "a.json", "{\"a\":1,\"b\":[1,2]}", "{ \"b\" : [ 1, 2 ], \"\\u0061\": 1 }");
        is(Verdict.FUNCTIONAL, "a.json", "[1,2]", "[2,1]");
    }

    @Test
    void numbers_of_json_are_never_rounded() {
        is(Verdict.FUNCTIONAL, "a.json", "[0.1]", "[0.1000000000000000055]");
        is(Verdict.FUNCTIONAL, "a.json", "[1]", "[\"1\"]");
    }

    @Test
    void json_that_readers_read_differently_is_compared_as_bytes() {
        is(Verdict.FUNCTIONAL, "a.json", "{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}");
    }

    @Test
    void the_order_of_export_conditions_counts() {
        String first = "{\"exports\":{\"import\":\"./a.js\",\"default\":\"./b.js\"}}";
        String second = "{\"exports\":{\"default\":\"./b.js\",\"import\":\"./a.js\"}}";
        is(Verdict.FUNCTIONAL, "package.json", first, second);
        is(Verdict.METADATA, "other.json", first, second);
    }

    @Test
    void the_serial_number_of_a_bill_is_metadata_and_its_components_are_dependencies() {
        String bill = "{\"bomFormat\":\"CycloneDX\",\"serialNumber\":\"1\",\"components\":[{\"version\":\"1\"}]}";
        is(Verdict.METADATA, "bom.json", bill, bill.replace("\"serialNumber\":\"1\"", "\"serialNumber\":\"2\""));
        is(Verdict.DEPENDENCY, "bom.json", bill, bill.replace("\"version\":\"1\"", "\"version\":\"2\""));
    }

    @Test
    void attributes_of_xml_have_no_order_and_elements_have() {
        is(
                Verdict.METADATA,
                "a.xml",
                "<a x='1' y=\"2\"><!-- c --><b/></a>",
                "<?xml version='1.0'?><a y='2' x='1'><b></b></a>");
        is(Verdict.FUNCTIONAL, "a.xml", "<a><b/><c/></a>", "<a><c/><b/></a>");
    }

    @Test
    void indentation_of_xml_is_metadata_and_space_in_text_is_not() {
        is(Verdict.METADATA, "a.xml", "<a><b>t</b></a>", "<a>\n  <b>t</b>\n</a>");
        is(Verdict.FUNCTIONAL, "a.xml", "<a><b>t</b>u</a>", "<a> <b>t</b>u</a>");
        is(Verdict.FUNCTIONAL, "a.xml", "<a><b>t</b></a>", "<a><b> </b></a>");
        is(Verdict.FUNCTIONAL, "a.xml", "<a><b> </b></a>", "<a><b></b></a>");
        is(Verdict.FUNCTIONAL, "a.xml", "<a xml:space='preserve'><b/></a>", "<a xml:space='preserve'> <b/></a>");
    }

    @Test
    void yaml_has_no_order_of_keys_and_keeps_kinds_of_scalars() {
        is(Verdict.METADATA, "a.yaml", "a: 1\nb: [x, y]\n", "# c\nb:\n- x\n- y\na: 1\n");
        is(Verdict.FUNCTIONAL, "a.yaml", "a: 1\n", "a: '1'\n");
        is(Verdict.FUNCTIONAL, "a.yaml", "a: yes\n", "a: no\n");
    }

    @Test
    void line_ends_count_in_scripts_and_not_in_notices() {
        is(Verdict.METADATA, "NOTICE.txt", "a\nb\n", "a\r\nb\r\n");
        is(Verdict.FUNCTIONAL, "run.sh", "a\nb\n", "a\r\nb\r\n");
    }

    @Test
    void the_year_of_a_notice_is_metadata_and_its_words_are_not() {
        is(Verdict.METADATA, "META-INF/NOTICE", "Copyright 2009-2023 Us", "Copyright 2009-2024 Us");
        is(Verdict.FUNCTIONAL, "META-INF/LICENSE", "You may", "You may not");
    }
}
