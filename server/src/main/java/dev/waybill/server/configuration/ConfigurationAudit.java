package dev.waybill.server.configuration;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.PipelineApplied;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares versions of pipelines and configurations with their statements, and each sealed value with its commitment. */
final class ConfigurationAudit implements RowAudit {
    private final ValueSeal seal;
    private final PipelineStore pipelines = new SqlPipelineStore();
    private final ConfigurationStore configurations = new SqlConfigurationStore();

    ConfigurationAudit(ValueSeal seal) {
        this.seal = seal;
    }

    @Override
    public String room() {
        return "configuration";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        StatementRows applied = new StatementRows(tx, ledger, room(), "pipeline");
        for (ApplicationName application : pipelines.applications(tx)) {
            for (PipelineStore.Version row : pipelines.all(tx, application)) {
                applied.row(application + " " + row.number(), row.statement(), entry -> {
                    PipelineApplied says = entry.statement().predicate(PipelineApplied.class, PredicateTypes.PIPELINE);
                    return says.application().equals(application) && says.version() == row.number();
                });
            }
        }
        applied.allOf(PredicateTypes.PIPELINE);

        StatementRows set = new StatementRows(tx, ledger, room(), "configuration");
        StatementRows values = new StatementRows(tx, ledger, room(), "configuration_value");
        for (Slot slot : configurations.slots(tx)) {
            for (ConfigurationStore.Version row : configurations.all(tx, slot)) {
                set.row(slot + " " + row.number(), row.statement(), entry -> {
                    ConfigurationSet says = says(entry);
                    checkValues(tx, says, row.number(), values);
                    return says.slot().equals(slot) && says.version() == row.number();
                });
            }
        }
        set.allOf(PredicateTypes.CONFIGURATION);
        return Stream.concat(
                        applied.findings().stream(), Stream.concat(set.findings().stream(), values.findings().stream()))
                .toList();
    }

    private static ConfigurationSet says(Entry entry) {
        return entry.statement().predicate(ConfigurationSet.class, PredicateTypes.CONFIGURATION);
    }

    /** Values are no facts, but what they are committed to is. */
    private void checkValues(Tx tx, ConfigurationSet says, long version, StatementRows values) {
        Map<String, byte[]> sealed = configurations.sealed(tx, says.slot(), version);
        Set<String> said =
                says.entries().stream().map(ConfigurationSet.Entry::key).collect(Collectors.toSet());
        for (ConfigurationSet.Entry entry : says.entries()) {
            ValueSeal.Place place = new ValueSeal.Place(says.slot(), version, entry.key());
            byte[] bytes = sealed.get(entry.key());
            if (bytes == null) {
                values.add(row(place), null, "ROW_MISSING", "The value is not there.");
            } else if (!opens(place, bytes, entry.commitment())) {
                values.add(row(place), null, "ROW_DIFFERS", "The value is not the one that was committed to.");
            }
        }
        sealed.keySet().stream()
                .filter(key -> !said.contains(key))
                .forEach(key -> values.add(
                        row(new ValueSeal.Place(says.slot(), version, key)),
                        null,
                        "STATEMENT_MISSING",
                        "No statement names this key."));
    }

    private boolean opens(ValueSeal.Place place, byte[] sealed, String commitment) {
        try {
            return seal.open(place, sealed).commitment().equals(commitment);
        } catch (ProblemException e) {
            return false;
        }
    }

    private static String row(ValueSeal.Place place) {
        return place.slot() + " " + place.version() + " " + place.name();
    }
}
