package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ApprovalView;
import dev.waybill.api.promotion.GateView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import java.util.Locale;

/** A promotion as people read it: gates as sentences, then who decided what. */
final class PromotionText {
    private PromotionText() {}

    static String of(Session session, PromotionView promotion) {
        Style style = session.style();
        StringBuilder text = new StringBuilder();
        text.append("promotion  ").append(promotion.id()).append('\n');
        text.append("artifact   ").append(promotion.artifact()).append('\n');
        text.append("to         ").append(promotion.slot()).append('\n');
        text.append("state      ").append(state(style, promotion.state())).append('\n');
        if (promotion.release() != null) {
            text.append("release    ").append(promotion.release()).append('\n');
        }
        for (GateView gate : promotion.gates()) {
            text.append("  ")
                    .append(mark(style, gate.outcome()))
                    .append(' ')
                    .append(Table.clean(promotion.named(gate.sentence())))
                    .append('\n');
        }
        for (ApprovalView approval : promotion.approvals()) {
            text.append("  ").append(approval.by()).append(' ');
            text.append(approval.decision().name().toLowerCase(Locale.ROOT)).append(' ');
            text.append(session.terminal().age(approval.at()));
            text.append(approval.reason() == null ? "" : ": " + Table.clean(approval.reason()));
            text.append(approval.counts() || approval.note() == null ? "" : " (" + Table.clean(approval.note()) + ")");
            text.append('\n');
        }
        return text.toString();
    }

    static String state(Style style, String state) {
        return switch (state) {
            case "passed", "succeeded" -> style.good(state);
            case "refused", "failed", "returned" -> style.bad(state);
            default -> style.warn(state);
        };
    }

    /** The word stands beside the sign, so that nothing hangs on a colour or a glyph. */
    private static String mark(Style style, String outcome) {
        return switch (outcome) {
            case "passed" -> style.good("\u2713 passed ");
            case "refused" -> style.bad("\u2717 refused");
            default -> style.warn("\u2026 waiting");
        };
    }
}
