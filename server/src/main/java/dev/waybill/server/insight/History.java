package dev.waybill.server.insight;

import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.server.db.Tx;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import dev.waybill.server.running.Slots;
import dev.waybill.server.running.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Releases of a slot, newest first, with the time each one served. */
final class History {
    private static final int MOST = 100;
    private static final String READY = "ready: its bytes are kept";
    private static final String UNPROVEN = "never succeeded: promote it instead";

    private final Releases releases;
    private final Slots slots;

    History(Releases releases, Slots slots) {
        this.releases = releases;
        this.slots = slots;
    }

    HistoryView view(Tx tx, Slot slot) {
        List<Release> all = releases.all(tx, slot, MOST);
        List<Deployment> deployments = slots.deployments(tx, slot);
        Map<Digest, Slots.Named> named =
                slots.named(tx, all.stream().map(r -> r.says().artifact()).collect(Collectors.toSet()));
        Standing standing = slots.standing(tx);
        List<HistoryView.Line> lines = new ArrayList<>();
        for (Release release : all) {
            Optional<MarkView> veto = standing.veto(slot, release.says().artifact());
            lines.add(line(view(release, named.get(release.says().artifact())), deployments, veto));
        }
        return new HistoryView(slot, lines);
    }

    /** It serves from the first switch to it until the first switch away from it. */
    private static HistoryView.Line line(ReleaseView release, List<Deployment> deployments, Optional<MarkView> veto) {
        ReleaseId id = release.id();
        Instant from = null;
        Instant until = null;
        for (Deployment deployment : deployments) {
            boolean serves = Objects.equals(deployment.running(), id);
            if (serves) {
                from = from == null ? deployment.finishedAt() : from;
                until = null;
            } else if (from != null && until == null) {
                until = deployment.finishedAt();
            }
        }
        boolean succeeded = release.outcome().equals(Release.Outcome.SUCCEEDED.label());
        return new HistoryView.Line(
                release,
                from,
                until,
                from == null || until == null
                        ? null
                        : Long.valueOf(Duration.between(from, until).toSeconds()),
                succeeded && veto.isEmpty(),
                veto.map(v -> "vetoed: " + v.reason()).orElse(succeeded ? READY : UNPROVEN));
    }

    private static ReleaseView view(Release release, Slots.@Nullable Named named) {
        ReleaseMade says = release.says();
        return new ReleaseView(
                release.id(),
                says.artifact(),
                says.commit(),
                named == null ? List.of() : named.versions(),
                says.configurationVersion(),
                says.cause(),
                says.rollbackTo(),
                says.why(),
                says.by(),
                says.at(),
                release.statement(),
                says.summary(),
                release.outcome().label());
    }
}
