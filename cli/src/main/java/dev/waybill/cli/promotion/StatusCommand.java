package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill status}. */
@Command(name = "status", description = "Where a promotion stands; without ID, all open ones.")
public final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The promotion; 6 digits or more are enough.")
    private @Nullable String id;

    @Option(names = "--wait", description = "Wait until nothing more will happen to it by itself.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "MINUTES", description = "Stop waiting after so long (default: 60).")
    private long timeout = 60;

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (id != null) {
            PromotionView promotion = session.client().promotions().promotion(id);
            return Ending.of(
                    session, wait ? new Waiting(session, Duration.ofMinutes(timeout)).until(promotion) : promotion);
        }
        List<PromotionView> open = session.client().promotions().promotions(null, true);
        session.answer(open, () -> {
            Table table = new Table(session.style(), "PROMOTION", "TO", "ARTIFACT", "STATE", "ASKED", "NEXT");
            for (PromotionView promotion : open) {
                table.row(
                        promotion.id(),
                        promotion.slot(),
                        session.terminal().digest(promotion.artifact()),
                        PromotionText.state(session.style(), promotion.state()),
                        session.terminal().age(promotion.requestedAt()),
                        promotion.next());
            }
            return table.isEmpty() ? "" : table.toString();
        });
        session.closing(
                open.isEmpty() ? "No promotion is open." : Count.of(open.size(), "promotion") + " open.",
                open.isEmpty()
                        ? "waybill running"
                        : "waybill status " + open.getFirst().id());
        return Exit.DONE;
    }
}
