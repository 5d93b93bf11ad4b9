package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Session;
import dev.waybill.core.name.EnvironmentName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill promote}: asks; with {@code --wait} stays until it is decided and deployed. */
@Command(name = "promote", description = "Bring an artifact into an environment.")
@SuppressWarnings("NullAway.Init")
public final class PromoteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Option(names = "--to", required = true, paramLabel = "ENV", description = "The environment.")
    private EnvironmentName to;

    @Option(
            names = "--wait",
            description = "Wait for the decision and, where an agent serves the slot, until it has deployed it.")
    private boolean wait;

    @Option(names = "--wait-decision", description = "Wait for the decision only, also where an agent deploys.")
    private boolean waitDecision;

    @Option(names = "--timeout", paramLabel = "MINUTES", description = "Stop waiting after so long (default: 60).")
    private long timeout = 60;

    public PromoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        PromotionView promotion = session.client().promotions().promote(new PromotionRequest(ref, to));
        session.note(ref + " is " + promotion.artifact());
        if (promotion.state().equals("succeeded")) {
            session.note("It is there already; nothing was started. This is the promotion that brought it:");
        }
        Waiting waiting = new Waiting(session, Duration.ofMinutes(timeout));
        if (wait || waitDecision) {
            promotion = wait ? waiting.until(promotion) : waiting.decision(promotion);
        }
        int exit = Ending.of(session, promotion);
        if (wait) {
            waiting.tellIfUnserved(promotion);
        }
        return exit;
    }
}
