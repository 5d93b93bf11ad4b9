package dev.waybill.cli.promotion;

import dev.waybill.cli.Session;
import dev.waybill.core.predicate.Approval;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill reject}. */
@Command(name = "reject", description = "Reject a promotion.")
@SuppressWarnings("NullAway.Init")
public final class RejectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "ID",
            description = "The promotion, as `waybill status` shows it; 6 digits or more are enough.")
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
        return new Decision(Approval.Decision.REJECTED, reason).about(id, session);
    }
}
