package dev.waybill.core.pipeline;

import dev.waybill.core.json.Place;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Span;
import dev.waybill.core.policy.Gate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the gates of one environment, in short and in full form. */
final class GateReader {
    private static final Pattern SUITE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,127})(?: on (\\S+))?");
    private static final Pattern PREDICATE = Pattern.compile("sbom|scan|provenance|https://\\S{1,200}");
    private static final Set<Gate.Exclusion> BOTH = EnumSet.allOf(Gate.Exclusion.class);
    private static final int MOST_APPROVALS = 20;

    private final List<EnvironmentName> before;

    /** @param before the environments ahead of the one being read; grows while the pipeline is read */
    GateReader(List<EnvironmentName> before) {
        this.before = before;
    }

    /** {@code tests: [unit, acceptance on staging], approvals: 1, soak: 1h, evidence: [sbom], author: known}. */
    List<Gate> shortForm(Place gates) {
        gates.only("tests", "approvals", "soak", "evidence", "author");
        List<Gate> all = new ArrayList<>();
        addEach(all, gates.each("tests", this::tests), gates.under("tests"));
        addEach(all, gates.each("evidence", this::evidence), gates.under("evidence"));
        gates.find("approvals").map(this::approvals).ifPresent(all::add);
        gates.find("soak").map(this::soak).ifPresent(all::add);
        gates.find("author").ifPresent(author -> {
            if (!author.text().equals("known")) {
                throw author.refuse(
                        "only `known` can be asked of the author.", "Write `author: known`, or leave it out.");
            }
            all.add(new Gate.KnownAuthor());
        });
        return all;
    }

    private static void addEach(List<Gate> all, List<? extends Gate> gates, Place list) {
        for (Gate gate : gates) {
            if (all.stream().anyMatch(g -> g.label().equals(gate.label()))) {
                throw list.refuse("`" + gate.label() + "` stands here twice.", "Leave one of them out.");
            }
            all.add(gate);
        }
    }

    /** {@code {gate: KIND, ...}}. */
    Gate fullForm(Place gate) {
        String kind = gate.get("gate").text();
        return switch (kind) {
            case "registered" -> plain(gate, new Gate.Registered());
            case "no-veto" -> plain(gate, new Gate.NoVeto());
            case "no-hold" -> plain(gate, new Gate.NoHold());
            case "configuration" -> plain(gate, new Gate.ConfigurationContract());
            case "known-author" -> plain(gate, new Gate.KnownAuthor());
            case "order" -> order(gate.only("gate", "after"));
            case "tests" -> testsObject(gate.only("gate", "suite", "on", "claimed", "warned"));
            case "evidence" -> evidenceType(gate.only("gate", "type").get("type"));
            case "approvals" -> approvalsObject(gate.only("gate", "count", "exclude"));
            case "soak" -> soakObject(gate.only("gate", "for", "in"));
            default ->
                throw gate.get("gate")
                        .refuse(
                                "there is no gate `" + kind + "`.",
                                "Use registered, no-veto, no-hold, configuration, known-author, order, tests, evidence,"
                                        + " approvals or soak.");
        };
    }

    private static Gate plain(Place place, Gate gate) {
        place.only("gate");
        return gate;
    }

    private Gate order(Place gate) {
        EnvironmentName after = gate.get("after").parse(EnvironmentName::new);
        if (before.isEmpty() || !before.getLast().equals(after)) {
            throw gate.get("after")
                    .refuse(
                            "the environment ahead of this one is " + (before.isEmpty() ? "none" : before.getLast())
                                    + ".",
                            "Leave the order gate out: it follows from the list.");
        }
        return new Gate.Order(after);
    }

    private Gate.Tests tests(Place item) {
        return item.isObject() ? testsObject(item.only("suite", "on", "claimed", "warned")) : testsText(item);
    }

    private Gate.Tests testsText(Place item) {
        Matcher parts = SUITE.matcher(item.text());
        if (!parts.matches()) {
            throw item.refuse(
                    "a suite is a name, or `NAME on ENVIRONMENT`.",
                    "Write for example `unit` or `acceptance on staging`.");
        }
        String on = parts.group(2);
        return new Gate.Tests(parts.group(1), on == null ? null : earlier(item, on), Gate.Accepting.NOTHING);
    }

    private Gate.Tests testsObject(Place item) {
        Place suite = item.get("suite");
        Matcher name = SUITE.matcher(suite.text());
        if (!name.matches() || name.group(2) != null) {
            throw suite.refuse("a suite's name has letters, digits and . _ -", "Write for example `unit`.");
        }
        @Nullable
        EnvironmentName on = item.find("on").map(p -> earlier(p, p.text())).orElse(null);
        return new Gate.Tests(
                suite.text(), on, new Gate.Accepting(accepted(item.find("claimed")), accepted(item.find("warned"))));
    }

    private static boolean accepted(Optional<Place> place) {
        if (place.isEmpty()) {
            return false;
        }
        return switch (place.get().text()) {
            case "accepted" -> true;
            case "refused" -> false;
            default -> throw place.get().refuse("it is `accepted` or `refused`.", "Write one of the two.");
        };
    }

    private Gate.Evidence evidence(Place item) {
        return evidenceType(item.isObject() ? item.only("type").get("type") : item);
    }

    private static Gate.Evidence evidenceType(Place type) {
        if (!PREDICATE.matcher(type.text()).matches()) {
            throw type.refuse(
                    "evidence is sbom, scan, provenance or a predicate type that starts with https://",
                    "Write one of these.");
        }
        return new Gate.Evidence(type.text());
    }

    private Gate approvals(Place place) {
        return place.isObject()
                ? approvalsObject(place.only("count", "exclude"))
                : new Gate.Approvals(place.whole(1, MOST_APPROVALS), BOTH);
    }

    private Gate approvalsObject(Place place) {
        int count = place.get("count").whole(1, MOST_APPROVALS);
        Optional<Place> exclude = place.find("exclude");
        return new Gate.Approvals(
                count,
                exclude.isEmpty()
                        ? BOTH
                        : Set.copyOf(exclude.get().items().stream()
                                .map(GateReader::exclusion)
                                .toList()));
    }

    private static Gate.Exclusion exclusion(Place item) {
        for (Gate.Exclusion exclusion : Gate.Exclusion.values()) {
            if (exclusion.label().equals(item.text())) {
                return exclusion;
            }
        }
        throw item.refuse("nobody knows whom `" + item.text() + "` excludes.", "Use requester and author.");
    }

    private Gate soak(Place place) {
        return place.isObject() ? soakObject(place.only("for", "in")) : soakFor(place, place.parse(Span::parse), null);
    }

    private Gate soakObject(Place place) {
        Place length = place.get("for");
        EnvironmentName in = place.find("in").map(p -> earlier(p, p.text())).orElse(null);
        return soakFor(place, length.parse(Span::parse), in);
    }

    private Gate soakFor(Place place, Span length, @Nullable EnvironmentName in) {
        if (before.isEmpty()) {
            throw place.refuse(
                    "the first environment has none ahead of it where the artifact could run.",
                    "Move the soak to a later environment, or add one ahead of this.");
        }
        return new Gate.Soak(length, in == null ? before.getLast() : in);
    }

    private EnvironmentName earlier(Place place, String name) {
        EnvironmentName on = place.parse(text -> new EnvironmentName(name));
        if (!before.contains(on)) {
            throw place.refuse(
                    "the artifact is not in `" + name + "` before it comes here.",
                    before.isEmpty()
                            ? "Leave out the environment: this one is the first."
                            : "Use an environment ahead of this one: " + before + ".");
        }
        return on;
    }
}
