package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.predicate.Approval;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill approve}: decides what this command showed, not what it may have become meanwhile. */
@Command(name = "approve", description = "Approve a promotion, for exactly what it shows now.")
@SuppressWarnings("NullAway.Init")
public final class ApproveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The promotion, as `waybill status` shows it.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private @Nullable String reason;

    public ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        PromotionView seen = session.client().promotions().promotion(id);
        PromotionView after = session.client()
                .promotions()
                .decide(id, new ApprovalRequest(Approval.Decision.APPROVED, reason, seen.covers()));
        session.answer(after, () -> PromotionText.of(session, after));
        session.closing(
                "Approved " + after.artifact().shortHex() + " for " + after.slot() + "; it is now " + after.state()
                        + ".",
                "waybill status " + id);
        return Exit.DONE;
    }
}
