package dev.waybill.server.ui;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.ErrorPage;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.Sse;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.page.Assets;
import dev.waybill.server.page.Frame;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.Visit;
import java.time.Clock;

/** All pages, put together. */
public final class Pages implements AutoCloseable {
    private final Parts parts;
    private final Sse events = new Sse();

    /** What the pages stand on. */
    public record Parts(
            Database database, Ledger ledger, Tokens tokens, Answers answers, Desk desk, Yard yard, Clock clock) {}

    public Pages(Parts parts) {
        this.parts = parts;
    }

    /** @param behindProxy true when a trusted proxy ends TLS */
    public void addTo(Routes routes, boolean behindProxy) {
        Visit visit = new Visit(parts.clock());
        new BoardHandler(parts.answers(), visit).addTo(routes);
        new InsightPagesHandler(parts.answers(), parts.desk(), visit).addTo(routes);
        new PromotionPagesHandler(parts.answers(), parts.desk(), visit).addTo(routes);
        new MarkPagesHandler(parts.answers(), parts.desk()).addTo(routes);
        new LedgerPagesHandler(parts.database(), parts.ledger(), events, visit).addTo(routes);
        new RegistryPageHandler(parts.yard(), visit).addTo(routes);
        new LoginHandler(parts.tokens(), behindProxy, visit).addTo(routes);
        Assets.addTo(routes);
    }

    /** A problem for a browser. */
    public static ErrorPage errors(Clock clock) {
        return (status, problem) -> {
            Frame frame = new Frame(title(problem), null, "", "", false, clock.instant());
            return Page.of("problem", frame)
                    .with("problem", problem)
                    .with("status", status)
                    .bytes();
        };
    }

    private static String title(Problem problem) {
        return switch (problem) {
            case Problem.Malformed p -> "Not understood";
            case Problem.Unauthenticated p -> "Not logged in";
            case Problem.Forbidden p -> "Not allowed";
            case Problem.NotFound p -> "Not found";
            case Problem.Refused p -> "Refused";
            case Problem.Conflict p -> "Changed meanwhile";
            case Problem.TooLarge p -> "Too large";
            case Problem.Unavailable p -> "Not available";
        };
    }

    /** Ends the streams of events. */
    @Override
    public void close() {
        events.close();
    }
}
