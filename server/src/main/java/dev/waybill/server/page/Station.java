package dev.waybill.server.page;

import dev.waybill.api.insight.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One environment on an artifact's route, with what was stamped there, in order. */
public record Station(String name, List<Stop> stops) {
    /**
     * A fact whose text starts with its state.
     *
     * @param form of the stamp
     */
    public record Stop(Fact fact, String word, String rest, String form) {
        static Stop of(Fact fact) {
            String text = fact.text();
            int end = text.indexOf(' ');
            String word = end < 0 ? text : text.substring(0, end);
            String bare = word.replaceAll("[,:;.]$", "");
            return new Stop(fact, bare, end < 0 ? "" : text.substring(end + 1), form(bare));
        }

        private static String form(String word) {
            return switch (word) {
                case "approved", "passed", "promoted" -> "approved";
                case "commanded", "released", "deploying" -> "commanded";
                case "observed", "deployed" -> "observed";
                case "refused", "rejected", "failed", "returned", "drift", "down" -> "refused";
                default -> "unknown";
            };
        }
    }

    /** Groups the route's facts by their label, the environment, in the order in which it was let in. */
    public static List<Station> of(List<Fact> route) {
        List<Station> stations = new ArrayList<>();
        for (Fact fact : route) {
            Station station = stations.stream()
                    .filter(s -> s.name().equals(fact.label()))
                    .findFirst()
                    .orElseGet(() -> {
                        Station made = new Station(fact.label(), new ArrayList<>());
                        stations.add(made);
                        return made;
                    });
            station.stops().add(Stop.of(fact));
        }
        stations.sort(Comparator.comparingLong(Station::letIn));
        return stations;
    }

    /** Where the ledger has the first stop that is no refusal; behind all others while there is none. */
    private long letIn() {
        return stops.stream()
                .filter(stop -> !stop.form().equals("refused"))
                .map(stop -> stop.fact().index())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
