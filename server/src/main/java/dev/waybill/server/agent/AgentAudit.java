package dev.waybill.server.agent;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Targets;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares agents with the keys that the ledger has in service, in both directions, and targets with the slots that their
 * agent's key may speak about: a row that brings a retired agent back is found, and one that is gone.
 */
public final class AgentAudit implements RowAudit {
    private final AgentStore store = new SqlAgentStore();
    private final TargetStore targets = new SqlTargetStore();
    private final Targets gated = new Targets();

    @Override
    public String room() {
        return "agent";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "agent");
        Map<String, KnownKey> inService = new HashMap<>();
        Map<String, Map<String, Long>> since = new HashMap<>();
        for (KnownKey key : ledger.register().all(tx)) {
            if (key.role() == KeyRole.AGENT) {
                since.computeIfAbsent(key.holder(), h -> new HashMap<>()).merge(key.publicKey(), key.from(), Math::min);
                if (key.inService()) {
                    inService.put(key.holder(), key);
                }
            }
        }
        Set<String> shown = new HashSet<>();
        for (AgentRow row : store.agents(tx)) {
            String holder = Agents.holder(row.name());
            KnownKey key = inService.get(holder);
            shown.add(holder);
            rows.row(
                    row.name().value(),
                    row.statement(),
                    entry -> key != null
                            && key.from() == entry.index()
                            && key.publicKey().equals(row.publicKey())
                            && key.slots().equals(row.slots())
                            && begins(row, since.getOrDefault(holder, Map.of()))
                            && enrols(entry, row));
        }
        inService.values().stream()
                .filter(key -> !shown.contains(key.holder()))
                .forEach(key -> rows.add(
                        key.holder(), key.from(), "ROW_MISSING", "No row shows this agent, whose key is in service."));
        missing(tx, ledger, inService, rows);
        return rows.findings();
    }

    private void missing(Tx tx, Ledger ledger, Map<String, KnownKey> inService, StatementRows rows) {
        Set<String> own = checkTargets(tx, inService, rows);
        Set<String> reported = reported(tx, ledger, inService);
        reported.stream()
                .filter(target -> !own.contains(target))
                .forEach(target -> rows.add(target, null, "ROW_MISSING", "No target of this agent is there."));
        unheard(inService.values(), own, reported)
                .forEach((place, enrolled) -> rows.add(
                        place,
                        enrolled,
                        "ROW_MISSING",
                        "This agent enrolled for the slot, and no target of it is there."));
    }

    /** An agent enrols with one target for each of its slots: also one that never reported is missed. */
    private static Map<String, Long> unheard(Collection<KnownKey> keys, Set<String> own, Set<String> reported) {
        Map<String, Long> unheard = new TreeMap<>();
        for (KnownKey key : keys) {
            for (Slot slot : key.slots()) {
                String place = slot + " " + key.holder().substring("agent/".length());
                if (Stream.concat(own.stream(), reported.stream()).noneMatch(t -> t.startsWith(place + "/"))) {
                    unheard.put(place, key.from());
                }
            }
        }
        return unheard;
    }

    /** Zero stands in rows that are older than the column: then no other key had the name before. */
    private static boolean begins(AgentRow row, Map<String, Long> firstOfKeys) {
        Long first = firstOfKeys.get(row.publicKey());
        return first != null && (row.since() == first || (row.since() == 0 && firstOfKeys.size() == 1));
    }

    private static boolean enrols(Entry entry, AgentRow row) {
        KeyChange says = entry.statement().predicate(KeyChange.class, PredicateTypes.KEY);
        return says.action().equals("added")
                && says.role() == KeyRole.AGENT
                && says.holder().equals(Agents.holder(row.name()))
                && says.publicKey().equals(row.publicKey())
                && says.slots().equals(row.slots());
    }

    /** What agents reported on since they were enrolled last: only the next enrolment takes a target away. */
    private static Set<String> reported(Tx tx, Ledger ledger, Map<String, KnownKey> inService) {
        Set<String> reported = new TreeSet<>();
        ledger.each(tx, PredicateTypes.DEPLOYMENT, entry -> {
            Deployment says = entry.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
            if (isOfNow(entry, inService.get(Agents.holder(says.agent())))) {
                reported.add(says.release().slot() + " " + says.agent() + "/" + says.target());
            }
        });
        ledger.each(tx, PredicateTypes.OBSERVATION, entry -> {
            Observation says = entry.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
            if (isOfNow(entry, inService.get(Agents.holder(says.agent())))) {
                reported.add(says.slot() + " " + says.agent() + "/" + says.target());
            }
        });
        return reported;
    }

    private static boolean isOfNow(Entry entry, @Nullable KnownKey key) {
        return key != null
                && entry.index() > key.from()
                && Arrays.equals(key.spki(), entry.signed().publicKey());
    }

    private Set<String> checkTargets(Tx tx, Map<String, KnownKey> inService, StatementRows rows) {
        Set<String> own = new HashSet<>();
        for (TargetRow row : targets.targets(tx, null)) {
            own.add(row.slot() + " " + row.agent() + "/" + row.target());
            if (!maySpeak(inService, row.agent(), row)) {
                rows.add(
                        row.agent() + "/" + row.target(),
                        null,
                        "STATEMENT_MISSING",
                        "No key in service may speak about " + row.slot() + " for this agent.");
            }
        }
        Set<String> waitedFor = new HashSet<>();
        gated.all(tx).forEach(t -> waitedFor.add(t.slot() + " " + t));
        if (!own.equals(waitedFor)) {
            Set<String> differ = new HashSet<>(own);
            differ.addAll(waitedFor);
            differ.removeIf(t -> own.contains(t) && waitedFor.contains(t));
            differ.stream()
                    .sorted()
                    .forEach(t -> rows.add(t, null, "ROW_DIFFERS", "Gates and reports know different targets."));
        }
        return own;
    }

    private static boolean maySpeak(Map<String, KnownKey> inService, AgentName agent, TargetRow row) {
        KnownKey key = inService.get(Agents.holder(agent));
        return key != null && key.slots().contains(row.slot());
    }
}
