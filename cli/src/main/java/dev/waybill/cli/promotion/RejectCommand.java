package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.predicate.Approval;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill reject}: decides what this command showed, not what it may have become meanwhile. */
@Command(name = "reject", description = "Reject a promotion.")
@SuppressWarnings("NullAway.Init")
public final class RejectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The promotion, as `waybill status` shows it.")
    private String id;

    @Option(
            names = {"--reason", "--why"},
            required = true,
            paramLabel = "TEXT",
            description = "Why.")
    private String reason;

    public RejectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        PromotionView seen = session.client().promotions().promotion(id);
        PromotionView after = session.client()
                .promotions()
                .decide(id, new ApprovalRequest(Approval.Decision.REJECTED, reason, seen.covers()));
        session.answer(after, () -> PromotionText.of(session, after));
        session.closing(
                "Rejected " + after.artifact().shortHex() + " for " + after.slot() + "; it is now " + after.state()
                        + ".",
                "waybill status " + id);
        return Exit.DONE;
    }
}
