package dev.waybill.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every rule stands in docs/compare.md with its verdict and its reason, word for word. */
class CatalogueTest {
    private static final Path DOCUMENT = Path.of("../docs/compare.md");
    private static final String BEGIN = "<!-- rules: written by CatalogueTest with -Drules.write=true -->\n";
    private static final String END = "<!-- end of rules -->\n";

    @Test
    void every_rule_is_documented_as_it_is() throws IOException {
        String text = Files.readString(DOCUMENT);
        String table = Formats.rules().stream()
                .map(rule -> "| `" + rule.id() + "` | " + rule.verdict().word() + " | " + rule.why() + " |\n")
                .collect(Collectors.joining("", BEGIN + "| rule | verdict | why |\n|---|---|---|\n", END));
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        String tail = end < 0 ? "" : text.substring(end + END.length());
        if (Boolean.getBoolean("rules.write")) {
            Files.writeString(DOCUMENT, text.substring(0, begin) + table + tail);
        } else {
            assertThat(text).contains(table);
        }
    }

    @Test
    void no_two_rules_share_an_id() {
        assertThat(Formats.rules().stream().map(rule -> rule.id())).doesNotHaveDuplicates();
    }
}
