package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill rollback}. */
@Command(name = "rollback", description = "Bring back a release that was approved and healthy here.")
@SuppressWarnings("NullAway.Init")
public final class RollbackCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    @Option(
            names = "--to",
            paramLabel = "N",
            description =
                    "The release's number (default: the newest that succeeded, is something else than what serves,"
                            + " and that no rollback left).")
    private @Nullable Long to;

    @Option(
            names = {"--why", "--reason"},
            required = true,
            paramLabel = "TEXT",
            description = "The reason; it is recorded.")
    private String why;

    public RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ReleaseView release = session.client().promotions().rollback(new RollbackRequest(slot, to, why));
        session.answer(
                release,
                () -> new Table(session.style(), "RELEASE", "ARTIFACT", "BRINGS BACK", "CONFIGURATION", "BY")
                        .row(
                                release.id(),
                                session.terminal().digest(release.artifact()),
                                release.rollbackTo() == null ? "-" : "#" + release.rollbackTo(),
                                "v" + release.configurationVersion(),
                                release.by())
                        .toString());
        session.closing(
                release.id() + " brings back "
                        + (release.rollbackTo() == null ? "an earlier release" : "#" + release.rollbackTo()) + ", "
                        + release.artifact().shortHex() + ".",
                "waybill running " + slot);
        tellIfUnserved();
        return Exit.DONE;
    }

    /** The release is made all the same: an agent that comes later takes it, and another tool may deploy it. */
    private void tellIfUnserved() throws IOException {
        boolean served;
        try {
            served = session.client().insight().running(slot).stream()
                    .anyMatch(view -> !view.targets().isEmpty());
        } catch (ProblemException e) {
            // The release is made; that nobody could look takes nothing from it.
            return;
        }
        if (!served) {
            session.note("Decided, not deployed: no agent serves " + slot
                    + ". Deploy it there with your own tool and say so"
                    + " with `waybill record deployment`, or start an agent (`waybill agent invite NAME --slot " + slot
                    + "`).");
        }
    }
}
