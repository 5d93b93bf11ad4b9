package dev.waybill.server.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.text.Count;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.ledger.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where an artifact was decided on, released, deployed and seen, in the order of the ledger. What an agent saw again and
 * again, with nothing happening to the slot in between, is one line with how often and from when to when; its statement is
 * the last one.
 */
final class Route {
    /** Older times of seeing the same bytes say nothing new. */
    private static final int MOST_SEEN = 20;

    private final Ink ink;
    private final List<List<Entry>> stops = new ArrayList<>();
    private final Map<String, Map<Sighting, List<Entry>>> latest = new HashMap<>();

    private Route(Ink ink) {
        this.ink = ink;
    }

    /** What makes two observations the same. */
    private record Sighting(String agent, String target, Observation.State state, boolean counts) {}

    /** Commands inside sentences name the artifact as people do: gates wrote them with the whole digest. */
    static List<Fact> of(Ink ink, Artifact artifact) {
        String name = artifact.application() + "@" + artifact.commit().value().substring(0, 12);
        return of(ink, artifact.digest()).stream()
                .map(fact -> new Fact(
                        fact.label(),
                        fact.text().replaceAll("(`waybill \\w+ )" + artifact.digest(), "$1" + name),
                        fact.verified(),
                        fact.statement(),
                        fact.index(),
                        fact.signer()))
                .toList();
    }

    private static List<Fact> of(Ink ink, Digest artifact) {
        Route route = new Route(ink);
        Stream.of(
                        PredicateTypes.VERIFICATION_SUMMARY,
                        PredicateTypes.RELEASE,
                        PredicateTypes.DEPLOYMENT,
                        PredicateTypes.CLAIMED_DEPLOYMENT,
                        PredicateTypes.OBSERVATION)
                .flatMap(type -> ink.about(artifact, type).stream())
                .sorted(Comparator.comparingLong(Entry::index))
                .forEach(route::add);
        return route.facts();
    }

    private void add(Entry entry) {
        if (!isSeen(entry)) {
            latest.remove(Telling.of(entry.statement()).label());
            stops.add(List.of(entry));
            return;
        }
        Observation says = says(entry);
        Sighting sighting = new Sighting(says.agent().toString(), says.target(), says.state(), ink.counts(entry));
        Map<Sighting, List<Entry>> here =
                latest.computeIfAbsent(says.slot().environment().toString(), environment -> new HashMap<>());
        // Another state of the target in between makes the next sighting news again.
        here.keySet()
                .removeIf(s -> s.agent().equals(sighting.agent())
                        && s.target().equals(sighting.target())
                        && !s.equals(sighting));
        here.computeIfAbsent(sighting, s -> {
                    List<Entry> group = new ArrayList<>();
                    stops.add(group);
                    return group;
                })
                .add(entry);
    }

    private List<Fact> facts() {
        long tooOld = stops.stream().filter(stop -> isSeen(stop.getFirst())).count() - MOST_SEEN;
        List<Fact> facts = new ArrayList<>();
        for (List<Entry> stop : stops) {
            boolean seen = isSeen(stop.getFirst());
            if (!seen || tooOld-- <= 0) {
                facts.add(line(stop));
            }
        }
        return facts;
    }

    private Fact line(List<Entry> stop) {
        Entry last = stop.getLast();
        if (stop.size() == 1) {
            return ink.line(last);
        }
        String from = Telling.at(says(stop.getFirst()).at());
        String to = Telling.at(says(last).at());
        String when = from.equals(to) ? ", " + to : ", first " + from + ", last " + to;
        return ink.line(
                last,
                new Telling(
                        says(last).slot().environment().toString(),
                        Telling.seen(says(last)) + ", " + Count.of(stop.size(), "time") + when,
                        false));
    }

    private static boolean isSeen(Entry entry) {
        return entry.statement().predicateType().equals(PredicateTypes.OBSERVATION);
    }

    private static Observation says(Entry entry) {
        return entry.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
    }
}
