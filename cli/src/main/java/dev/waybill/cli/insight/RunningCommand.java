package dev.waybill.cli.insight;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
        slots.forEach(this::loudly);
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

    /** Why a slot is held, and that vetoed bytes run, whatever the table has room for. */
    private void loudly(RunningView view) {
        Style style = session.terminal().errStyle();
        for (MarkView veto : view.vetoedAndRunning()) {
            Digest artifact = Objects.requireNonNull(veto.artifact());
            session.note(style.bad("VETOED: " + artifact.shortHex() + " runs in " + view.slot() + ", and " + veto.by()
                    + " vetoed it: " + Table.clean(veto.reason())));
        }
        MarkView hold = view.hold();
        if (hold != null) {
            session.note(style.warn(view.slot() + " is held by " + hold.by() + ": " + Table.clean(hold.reason()))
                    + "\n  End the hold: waybill hold " + view.slot() + " --end --reason TEXT");
        }
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
                    observed == null ? "-" : shown(view, observed),
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
                    target.observed() == null ? "-" : shown(view, target.observed()),
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
        boolean vetoed = !view.vetoedAndRunning().isEmpty();
        String state = view.state() + (vetoed ? ", VETOED" : "") + (view.held() ? ", held" : "");
        if (vetoed) {
            return style.bad(state);
        }
        return switch (view.state()) {
            case "agreed" -> style.good(state);
            case "drift", "failed" -> style.bad(state);
            case "unknown", "deploying" -> style.warn(state);
            default -> state;
        };
    }

    private String shown(RunningView view, Shown shown) {
        return shown(shown)
                + (view.veto(shown.artifact()).isPresent()
                        ? " " + session.style().bad("VETOED")
                        : "");
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
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(at -> session.terminal().age(at))
                .orElse("-");
    }

    private static @Nullable Shown observed(RunningView view) {
        return view.targets().stream()
                .map(TargetView::observed)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
