package dev.waybill.cli.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import java.util.List;
import java.util.regex.Pattern;

/** Facts as lines: each with a mark and the word for it, so that nobody has to know, or see, the mark. */
public final class Facts {
    private static final Pattern BAD = Pattern.compile("FAILED|refused:");

    private Facts() {}

    public static String lines(Style style, List<Fact> facts) {
        int width = facts.stream().mapToInt(f -> f.label().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Fact fact : facts) {
            text.append("  ")
                    .append(fact.verified() ? style.good("\u2713 verified") : style.warn("\u25cb claimed "))
                    .append("  ");
            text.append(Table.clean(fact.label()))
                    .append(" ".repeat(width - fact.label().length() + 2));
            // The mark says that it is so, not that it is good.
            text.append(
                    BAD.matcher(fact.text()).lookingAt()
                            ? style.bad(Table.clean(fact.text()))
                            : Table.clean(fact.text()));
            if (fact.index() != null) {
                text.append(style.dim("  ledger entry " + fact.index()));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
