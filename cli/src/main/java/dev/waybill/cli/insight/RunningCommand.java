package dev.waybill.cli.insight;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.TargetView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill running}: observed first; commanded and approved beside it only where they differ. */
@Command(name = "running", description = "What is running where, and how old that knowledge is.")
public final class RunningCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "ENV/APP", description = "One slot (default: all).")
    private @Nullable Slot slot;

    public RunningCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<RunningView> slots = session.client().insight().running(slot);
        session.answer(
                slots,
                () -> slots.isEmpty() ? "" : slots.size() == 1 && slot != null ? one(slots.getFirst()) : table(slots));
        boolean trouble = slots.stream()
                .anyMatch(s -> List.of("drift", "failed", "unknown").contains(s.state()));
        session.closing(
                slots.isEmpty()
                        ? "Nothing is deployed anywhere yet."
                        : slots.size() == 1
                                ? slots.getFirst().sentence()
                                : Count.of(slots.size(), "slot") + (trouble ? ", not all as commanded." : "."),
                slots.isEmpty()
                        ? "waybill apply -f waybill.yaml"
                        : "waybill why " + slots.getFirst().slot());
        return Exit.DONE;
    }

    private String table(List<RunningView> slots) {
        Table table =
                new Table(session.style(), "SLOT", "STATE", "OBSERVED", "SEEN", "TARGETS", "COMMANDED", "APPROVED");
        for (RunningView view : slots) {
            Shown observed = observed(view);
            Shown commanded = view.commanded();
            table.row(
                    view.slot(),
                    state(view),
                    observed == null ? "-" : shown(observed),
                    seen(view),
                    view.agreeing() + "/" + view.targets().size(),
                    commanded == null ? "-" : shown(commanded),
                    view.approved() == null ? "-" : shown(view.approved()));
        }
        return table.toString();
    }

    private String one(RunningView view) {
        StringBuilder text = new StringBuilder();
        text.append("approved   ")
                .append(view.approved() == null ? "-" : shown(view.approved()))
                .append('\n');
        text.append("commanded  ")
                .append(view.commanded() == null ? "-" : shown(view.commanded()))
                .append('\n');
        Table targets = new Table(session.style(), "AGENT", "TARGET", "OBSERVED", "STATE", "SEEN", "HOW");
        for (TargetView target : view.targets()) {
            targets.row(
                    target.agent(),
                    target.target(),
                    target.observed() == null ? "-" : shown(target.observed()),
                    target.unknownSince() == null
                            ? target.state()
                            : session.style().warn("unknown since " + target.unknownSince()),
                    target.observedAt() == null ? "never" : session.terminal().age(target.observedAt()),
                    target.how());
        }
        return text.append(targets.isEmpty() ? "no targets\n" : "\n" + targets).toString();
    }

    private String state(RunningView view) {
        Style style = session.style();
        String state = view.held() ? view.state() + ", held" : view.state();
        return switch (view.state()) {
            case "agreed" -> style.good(state);
            case "drift", "failed" -> style.bad(state);
            case "unknown", "deploying" -> style.warn(state);
            default -> state;
        };
    }

    private String shown(Shown shown) {
        String name = shown.release() != null
                ? "#" + shown.release().number()
                : shown.versions().isEmpty() ? "" : shown.versions().getFirst().value();
        return (session.terminal().digest(shown.artifact()) + " " + name).stripTrailing();
    }

    private String seen(RunningView view) {
        return view.targets().stream()
                .map(TargetView::observedAt)
                .filter(java.util.Objects::nonNull)
                .min(Instant::compareTo)
                .map(at -> session.terminal().age(at))
                .orElse("-");
    }

    private static @Nullable Shown observed(RunningView view) {
        return view.targets().stream()
                .map(TargetView::observed)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
