package dev.waybill.cli.promotion;

import dev.waybill.api.deploy.ClaimRequest;
import dev.waybill.api.deploy.ClaimView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill record deployment}. */
@Command(name = "deployment", description = "Record that another tool deployed an artifact; shown as claimed.")
@SuppressWarnings("NullAway.Init")
public final class RecordDeploymentCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "ENV/APP", description = "The slot.")
    private Slot slot;

    @Parameters(index = "1", paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Option(names = "--tool", paramLabel = "NAME", description = "What deployed it.")
    private @Nullable String tool;

    public RecordDeploymentCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ClaimView claim = session.client().deploy().claim(new ClaimRequest(slot, ref, tool));
        session.answer(
                claim,
                () -> new Table(session.style(), "SLOT", "ARTIFACT", "TOOL", "BY", "STATEMENT")
                        .row(
                                claim.slot(),
                                session.terminal().digest(claim.artifact()),
                                claim.tool() == null ? "-" : claim.tool(),
                                claim.by(),
                                claim.statement().shortHex())
                        .toString());
        session.closing(
                "Recorded as claimed: nothing has seen " + claim.artifact().shortHex() + " run in " + slot
                        + " because of this.",
                "waybill running " + slot);
        return Exit.DONE;
    }
}
