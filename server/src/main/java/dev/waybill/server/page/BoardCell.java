package dev.waybill.server.page;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.TargetView;
import dev.waybill.core.name.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One slot on the board: a line for each thing that its targets run, then what is commanded and approved, but only where
 * it differs from what stands before.
 *
 * @param band the word of what is wrong, null when nothing is
 */
public record BoardCell(
        String environment,
        String href,
        String state,
        @Nullable String band,
        List<Line> lines) {
    /**
     * @param form of the stamp: observed, unknown, commanded or approved
     * @param exact the time to the second, for hovering
     * @param count {@code 2/3} targets, null where it says nothing
     */
    public record Line(
            Digest digest,
            String name,
            String form,
            String stamp,
            String exact,
            @Nullable String count) {}

    public boolean empty() {
        return lines.isEmpty();
    }

    static BoardCell of(RunningView view, Instant now) {
        List<Line> lines = new ArrayList<>(observed(view, now));
        Shown commanded = view.commanded();
        Shown approved = view.approved();
        if (commanded != null && lines.stream().noneMatch(l -> l.digest().equals(commanded.artifact()))) {
            lines.add(line(commanded, "commanded", now));
        }
        if (approved != null && lines.stream().noneMatch(l -> l.digest().equals(approved.artifact()))) {
            lines.add(line(approved, "approved", now));
        }
        String environment = view.slot().environment().toString();
        return new BoardCell(environment, "/environments/" + view.slot(), view.state(), band(view), lines);
    }

    private static List<Line> observed(RunningView view, Instant now) {
        Map<Digest, List<TargetView>> groups = new LinkedHashMap<>();
        for (TargetView target : view.targets()) {
            Shown observed = target.observed();
            if (observed != null) {
                groups.computeIfAbsent(observed.artifact(), d -> new ArrayList<>())
                        .add(target);
            }
        }
        int all = view.targets().size();
        return groups.values().stream()
                .sorted(Comparator.comparingInt((List<TargetView> g) -> g.size())
                        .reversed())
                .map(group -> observed(group, all, now))
                .toList();
    }

    /** A group is as old as its oldest observation, and unknown as soon as all of it is silent. */
    private static Line observed(List<TargetView> group, int all, Instant now) {
        Shown shown = Objects.requireNonNull(group.getFirst().observed());
        boolean silent = group.stream().allMatch(t -> t.unknownSince() != null);
        Instant at = group.stream()
                .map(t -> silent ? t.unknownSince() : t.observedAt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(shown.at());
        When when = When.of(at, now);
        return new Line(
                shown.artifact(),
                Words.name(shown.versions(), shown.commit()),
                silent ? "unknown" : "observed",
                silent ? "unknown since " + when.clock() : when.ago(),
                when.exact(),
                group.size() + "/" + all);
    }

    private static Line line(Shown shown, String form, Instant now) {
        return new Line(
                shown.artifact(),
                Words.name(shown.versions(), shown.commit()),
                form,
                form,
                When.of(shown.at(), now).exact(),
                null);
    }

    private static @Nullable String band(RunningView view) {
        String held = view.held() ? ", held" : "";
        String vetoed = view.vetoedAndRunning().isEmpty() ? "" : "vetoed";
        if (view.state().equals("drift") || view.state().equals("failed")) {
            return view.state() + (vetoed.isEmpty() ? "" : ", " + vetoed) + held;
        }
        if (!vetoed.isEmpty()) {
            return vetoed + held;
        }
        return view.targets().stream()
                .map(TargetView::state)
                .filter(s -> s.equals("altered") || s.equals("stopped"))
                .findFirst()
                .orElse(view.held() ? "held" : null);
    }
}
