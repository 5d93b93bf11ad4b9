package dev.waybill.cli.promotion;

import dev.waybill.cli.Session;
import dev.waybill.core.predicate.Approval;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill approve}. */
@Command(name = "approve", description = "Approve a promotion, for exactly what it shows now.")
@SuppressWarnings("NullAway.Init")
public final class ApproveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "ID",
            description = "The promotion, as `waybill status` shows it; 6 digits or more are enough.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private @Nullable String reason;

    public ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        return new Decision(Approval.Decision.APPROVED, reason).about(id, session);
    }
}
