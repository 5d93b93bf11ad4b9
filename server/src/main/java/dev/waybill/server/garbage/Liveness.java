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
import dev.waybill.server.registry.Tombstones;
import dev.waybill.server.tag.TagRules;
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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Why something stays in a repository. Walks up, from a digest to whatever refers to it, so one question costs what hangs on
 * the answer and not the whole repository; the same walk answers people, plans a collection and is asked again inside the
 * transaction that takes something out.
 */
final class Liveness {
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

    /** Why something stays: some reasons, and how many more there are, or ways up that were not followed. */
    record Told(List<Reason> reasons, long others) {}

    /** How far a walk goes. */
    private record Bound(int shown, int walked) {
        static final Bound ANY = new Bound(1, Integer.MAX_VALUE);

        /** What people read; a blob such as an empty configuration has a thousand reasons, and the first few tell it all. */
        static final Bound PEOPLE = new Bound(20, 500);
    }

    boolean isKept(Tx tx, Stored start, Instant now) {
        return !walk(tx, start, now, Bound.ANY).reasons().isEmpty();
    }

    /** The nearest reasons first; none when it may go. A blob's own lease is not known here. */
    Told reasons(Tx tx, Stored start, Instant now) {
        return walk(tx, start, now, Bound.PEOPLE);
    }

    /** A digest in a repository as one of both that it may be there: tags name manifests, and only those have an age. */
    record Stored(ApplicationName repository, Digest digest, Tombstones.Kind kind) {}

    private Told walk(Tx tx, Stored start, Instant now, Bound bound) {
        List<Reason> found = new ArrayList<>();
        Set<Digest> seen = new HashSet<>(Set.of(start.digest()));
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(start.digest(), List.of())));
        long others = 0;
        int walked = 0;
        while (!open.isEmpty() && !(bound.shown() == 1 && !found.isEmpty())) {
            if (walked++ >= bound.walked()) {
                others += open.size();
                break;
            }
            Step step = open.remove();
            List<Digest> above = manifests.parents(tx, start.repository(), step.digest(), bound.walked());
            if (above.size() == bound.walked()) {
                others += manifests.countParents(tx, start.repository(), step.digest()) - above.size();
            }
            keeps.reasons(tx, step.digest())
                    .forEach(k -> found.add(reason("Kept for the " + k.why() + " (" + k.by() + ").", step)));
            boolean onlyBlob = walked == 1 && start.kind() == Tombstones.Kind.BLOB;
            Stream<Digest> further = onlyBlob ? Stream.of() : manifest(tx, start.repository(), step, now, found::add);
            Stream.concat(above.stream(), further)
                    .filter(seen::add)
                    .map(step::up)
                    .forEach(open::add);
        }
        int shown = Math.min(found.size(), bound.shown());
        return new Told(List.copyOf(found.subList(0, shown)), others + found.size() - shown);
    }

    /** What a manifest's tags and its age say for it, and what it is about. */
    private Stream<Digest> manifest(Tx tx, ApplicationName repository, Step step, Instant now, Consumer<Reason> found) {
        List<Digest> above = new ArrayList<>();
        for (Version tag : tags.of(tx, repository, step.digest())) {
            Optional<Digest> subject = TagRules.subject(tag);
            if (subject.isPresent()) {
                above.add(subject.get());
            } else if (!tags.namesCommit(repository, tag)) {
                found.accept(reason("The tag " + tag + " names it.", step));
            }
        }
        Optional<Manifest> manifest = manifests.find(tx, repository, new Reference.ByDigest(step.digest()));
        manifest.map(Manifest::subject).ifPresent(above::add);
        manifest.flatMap(m -> young(m, step, now)).ifPresent(found);
        return above.stream();
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
