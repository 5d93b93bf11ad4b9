package dev.waybill.server.ui;

import dev.waybill.api.insight.BoardView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.page.BoardPage;
import dev.waybill.server.page.Frame;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.Visit;
import java.io.IOException;
import java.util.Optional;

/** The first page; its search field finds applications, and anything that means one artifact. */
public final class BoardHandler {
    private final Answers answers;
    private final Visit visit;

    BoardHandler(Answers answers, Visit visit) {
        this.answers = answers;
        this.visit = visit;
    }

    void addTo(Routes routes) {
        routes.get("/", Permit.needScopedByHandler(Permission.READ), this::board);
    }

    private void board(Call call) throws IOException {
        Frame frame = visit.frame(call, "Board");
        int page = call.query("page", BoardHandler::page).orElse(1);
        BoardView view = answers.board(frame.search().strip(), page, Visit.sight(call));
        if (view.total() == 0 && !frame.search().isBlank()) {
            Optional<Digest> artifact = trace(call, frame.search().strip());
            if (artifact.isPresent()) {
                call.seeOther("/artifacts/" + artifact.get());
                return;
            }
        }
        Page.of("board", frame)
                .with("board", BoardPage.of(view, page, frame.now()))
                .send(call);
    }

    private Optional<Digest> trace(Call call, String asked) {
        try {
            return Optional.of(answers.trace(asked, Visit.sight(call)).artifact());
        } catch (ProblemException e) {
            return switch (e.problem()) {
                case Problem.NotFound p -> Optional.empty();
                case Problem.Malformed p -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private static int page(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new Problem.Malformed(
                            "PAGE_INVALID",
                            "Reading the query parameter page",
                            "'" + text + "' is no page.",
                            "Send a number from 1.")
                    .exception();
        }
        return Integer.parseInt(text);
    }
}
