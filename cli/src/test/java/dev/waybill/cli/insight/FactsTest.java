package dev.waybill.cli.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.insight.Fact;
import dev.waybill.cli.terminal.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsTest {
    @Test
    void every_mark_stands_beside_its_word_with_and_without_colour() {
        List<Fact> facts = List.of(
                new Fact("build", "built by us", true, null, 14L, null),
                new Fact("author", "developer", false, null, null, null));

        assertThat(Facts.lines(Style.PLAIN, facts)).isEqualTo("""
                          ✓ verified  build   built by us  ledger entry 14
                          ○ claimed   author  developer
                        """);
        assertThat(Facts.lines(Style.COLOUR, facts)).contains("✓ verified", "○ claimed");
    }
}
