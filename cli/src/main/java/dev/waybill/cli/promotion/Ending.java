package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.GateView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import java.util.List;
import java.util.Set;

/** What the end of a command about a promotion says and returns. */
final class Ending {
    private static final Set<String> NO = Set.of("refused", "failed", "returned", "withdrawn");

    private Ending() {}

    static int of(Session session, PromotionView promotion) {
        session.answer(promotion, () -> PromotionText.of(session, promotion));
        session.closing(happened(promotion), next(promotion));
        return NO.contains(promotion.state()) ? Exit.REFUSED : Exit.DONE;
    }

    private static String happened(PromotionView promotion) {
        String what = promotion.artifact().shortHex() + " to " + promotion.slot();
        String done = switch (promotion.state()) {
            case "waiting" -> "Asked to promote " + what + "; it waits.";
            case "refused" -> "Refused: " + what + ", for what is marked \u2717 above.";
            case "passed", "deploying" -> "Approved: " + what + " is " + promotion.release() + ".";
            case "succeeded" -> "Deployed: " + what + " as " + promotion.release() + ".";
            case "failed", "returned" -> "The deployment of " + promotion.release() + " failed.";
            default -> "Promotion " + promotion.id() + " is " + promotion.state() + ".";
        };
        // What gates say stands in the list above, and what succeeded needs no second sentence.
        return switch (promotion.state()) {
            case "refused", "succeeded" -> done;
            case "waiting" -> promotion.gates().isEmpty() ? done + " " + Table.clean(promotion.next()) : done;
            default -> promotion.next().isBlank() ? done : done + " " + ended(Table.clean(promotion.next()));
        };
    }

    private static String ended(String sentence) {
        return sentence.matches("(?s).*[.?!`]") ? sentence : sentence + ".";
    }

    private static String next(PromotionView promotion) {
        return switch (promotion.state()) {
            case "waiting" -> whatUnblocks(promotion);
            case "refused", "withdrawn" -> "waybill status " + promotion.id();
            default -> "waybill running " + promotion.slot();
        };
    }

    private static String whatUnblocks(PromotionView promotion) {
        List<String> waiting = promotion.gates().stream()
                .filter(gate -> gate.outcome().equals("waiting"))
                .map(GateView::gate)
                .toList();
        if (waiting.contains("no-hold")) {
            return "waybill hold " + promotion.slot() + " --end --reason TEXT";
        }
        return (waiting.contains("approvals") ? "waybill approve " : "waybill status --wait ") + promotion.id();
    }
}
