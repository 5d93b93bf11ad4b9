package dev.waybill.server.garbage;

import dev.waybill.api.registry.WhyKept.Reason;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.db.Tx;
import dev.waybill.server.registry.Manifest;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.tag.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why something stays in a repository. Walks up, from a digest to whatever refers to it, so one question costs what hangs on
 * the answer and not the whole repository; the same walk answers people, plans a collection and is asked again inside the
 * transaction that takes something out.
 */
final class Liveness {
    /** distribution-spec, "Referrers Tag Schema", and cosign's names: they stand for their subject. */
    private static final Pattern FALLBACK = Pattern.compile("sha256-([0-9a-f]{64})(\\.(sig|att|sbom))?");

    private final Manifests manifests;
    private final Tags tags;
    private final Keeps keeps;
    private final Terms terms;

    Liveness(Manifests manifests, Tags tags, Keeps keeps, Terms terms) {
        this.manifests = manifests;
        this.tags = tags;
        this.keeps = keeps;
        this.terms = terms;
    }

    private record Step(Digest digest, List<Digest> through) {
        Step up(Digest next) {
            List<Digest> longer = new ArrayList<>(through);
            longer.add(next);
            return new Step(next, List.copyOf(longer));
        }
    }

    boolean isKept(Tx tx, ApplicationName repository, Digest digest, Instant now) {
        return !walk(tx, repository, digest, now, true).isEmpty();
    }

    /** Every reason, the nearest first; none when it may go. A blob's own lease is not known here. */
    List<Reason> reasons(Tx tx, ApplicationName repository, Digest digest, Instant now) {
        return walk(tx, repository, digest, now, false);
    }

    private List<Reason> walk(Tx tx, ApplicationName repository, Digest start, Instant now, boolean anyOne) {
        List<Reason> found = new ArrayList<>();
        Set<Digest> seen = new HashSet<>(Set.of(start));
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(start, List.of())));
        while (!open.isEmpty() && !(anyOne && !found.isEmpty())) {
            Step step = open.remove();
            Optional<Manifest> manifest = manifests.find(tx, repository, new Reference.ByDigest(step.digest()));
            List<Digest> above = new ArrayList<>(manifests.parents(tx, repository, step.digest()));
            keeps.reasons(tx, step.digest())
                    .forEach(k -> found.add(reason("Kept for the " + k.why() + " (" + k.by() + ").", step)));
            for (Version tag : tags.of(tx, repository, step.digest())) {
                Optional<Digest> subject = subject(tag);
                if (subject.isPresent()) {
                    above.add(subject.get());
                } else if (!tags.namesCommit(repository, tag)) {
                    found.add(reason("The tag " + tag + " names it.", step));
                }
            }
            manifest.map(Manifest::subject).ifPresent(above::add);
            manifest.flatMap(m -> young(m, step, now)).ifPresent(found::add);
            above.stream().filter(seen::add).map(step::up).forEach(open::add);
        }
        return found;
    }

    /** The tag of a sha512 is cut after 64 digits and names no subject that could be asked for: it keeps as any tag does. */
    private static Optional<Digest> subject(Version tag) {
        Matcher fallback = FALLBACK.matcher(tag.value());
        return fallback.matches() ? Optional.of(Digest.parse("sha256:" + fallback.group(1))) : Optional.empty();
    }

    private Optional<Reason> young(Manifest manifest, Step step, Instant now) {
        Duration time = terms.unpromoted();
        if (time == null) {
            return Optional.of(reason("Nothing expires here: the server was told so.", step));
        }
        Instant until = manifest.push().at().plus(time);
        return until.isAfter(now)
                ? Optional.of(
                        new Reason("It was pushed less than " + time.toDays() + " days ago.", until, step.through()))
                : Optional.empty();
    }

    private static Reason reason(String because, Step step) {
        return new Reason(because, null, step.through());
    }
}
