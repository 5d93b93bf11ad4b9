package dev.waybill.server.configuration;

import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.ConfigurationSet.Kind;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.configuration.ConfigurationStore.Version;
import dev.waybill.server.configuration.ValueSeal.Committed;
import dev.waybill.server.configuration.ValueSeal.Place;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configuration of slots: set, read, and handed in clear to agents. */
public final class Configurations {
    private static final int TRIES = 50;

    private final Database database;
    private final Ledger ledger;
    private final ValueSeal seal;
    private final Clock clock;
    private final ConfigurationStore store = new SqlConfigurationStore();

    public Configurations(Database database, Ledger ledger, ValueSeal seal, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.seal = seal;
        this.clock = clock;
    }

    /** Compares this room's rows with the ledger. */
    public RowAudit audit() {
        return new ConfigurationAudit(seal);
    }

    /** True while no value was ever sealed in this database: only then may the key be made. */
    public static boolean isEmpty(Database database, Ledger ledger) {
        return database.read(
                tx -> ledger.ofType(tx, PredicateTypes.CONFIGURATION, -1, 1).isEmpty());
    }

    /** A version as it is: its statement and what it says. */
    public record Current(Digest statement, long index, ConfigurationSet says) {}

    private record Item(Kind kind, Committed committed) {}

    /**
     * Makes the next version. A value that stays keeps its commitment, so that anybody can see what changed. A change that
     * changes nothing answers the version that there is.
     */
    public ConfigurationView change(Slot slot, ConfigurationChange change, ActorName by) {
        ConfigurationRules.check(slot, change);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Version> head = database.read(tx -> store.newest(tx, slot));
            long version = head.map(Version::number).orElse(0L);
            if (change.expectedVersion() != null && change.expectedVersion() != version) {
                throw changedMeanwhile(slot, "version " + change.expectedVersion() + " was expected, it is " + version);
            }
            Map<String, Item> before = items(slot, version);
            Map<String, Item> after = apply(before, change);
            if (after.equals(before)) {
                return version(slot, version);
            }
            ConfigurationSet says = says(slot, head, after, by);
            Signed signed = sign(says);
            Map<String, byte[]> sealed = seal(slot, says.version(), after);
            boolean won = database.write(tx -> {
                if (!store.newest(tx, slot).equals(head)) {
                    return false;
                }
                ledger.append(tx, signed);
                store.insert(tx, slot, new Version(says.version(), signed.id()), sealed);
                return true;
            });
            if (won) {
                return version(slot, says.version());
            }
        }
        throw changedMeanwhile(slot, "others change it all the time");
    }

    private ConfigurationSet says(Slot slot, Optional<Version> head, Map<String, Item> items, ActorName by) {
        List<ConfigurationSet.Entry> entries = items.entrySet().stream()
                .map(e -> new ConfigurationSet.Entry(
                        e.getKey(),
                        e.getValue().kind(),
                        e.getValue().committed().commitment()))
                .toList();
        return new ConfigurationSet(
                slot,
                head.map(Version::number).orElse(0L) + 1,
                head.map(Version::statement).orElse(null),
                entries,
                by,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The second subject is the slot's, so that every version of it is found in the ledger without any row of ours. */
    private Signed sign(ConfigurationSet says) {
        return ledger.keys()
                .record()
                .sign(Statement.of(
                        says,
                        Subject.of("configuration", Digest.sha256(Json.write(says.entries()))),
                        Subject.of(says.slot().toString(), subject(says.slot()))));
    }

    /** What statements about a slot have as subject: sha256 of its text. */
    public static Digest subject(Slot slot) {
        return Digest.sha256(slot.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, byte[]> seal(Slot slot, long version, Map<String, Item> items) {
        Map<String, byte[]> sealed = new TreeMap<>();
        items.forEach((name, item) -> sealed.put(name, seal.seal(new Place(slot, version, name), item.committed())));
        return sealed;
    }

    private static Map<String, Item> apply(Map<String, Item> before, ConfigurationChange change) {
        Map<String, Item> after = new TreeMap<>(before);
        change.unset().forEach(after::remove);
        change.set().forEach((name, value) -> {
            byte[] bytes = ConfigurationRules.bytes(name, value);
            Item there = before.get(name);
            boolean same = there != null
                    && there.kind() == value.kind()
                    && java.security.MessageDigest.isEqual(there.committed().value(), bytes);
            after.put(name, same && there != null ? there : new Item(value.kind(), Committed.fresh(bytes)));
        });
        return after;
    }

    /** Decrypted; empty for version 0, which is "none". */
    private Map<String, Item> items(Slot slot, long version) {
        return version == 0 ? Map.of() : database.read(tx -> items(tx, slot, version));
    }

    private Map<String, Item> items(Tx tx, Slot slot, long version) {
        ConfigurationSet says = require(tx, slot, version).says();
        Map<String, byte[]> sealed = store.sealed(tx, slot, version);
        Map<String, Item> items = new TreeMap<>();
        for (ConfigurationSet.Entry entry : says.entries()) {
            byte[] bytes = sealed.getOrDefault(entry.key(), new byte[0]);
            Committed committed = seal.open(new Place(slot, version, entry.key()), bytes);
            if (!committed.commitment().equals(entry.commitment())) {
                throw altered(slot, version, entry.key());
            }
            items.put(entry.key(), new Item(entry.kind(), committed));
        }
        return items;
    }

    /** The newest version; version 0 without entries when nothing was ever set. */
    public ConfigurationView current(Slot slot) {
        return version(
                slot,
                database.read(tx -> store.newest(tx, slot)).map(Version::number).orElse(0L));
    }

    /** One version, secrets without value; {@code CONFIGURATION_UNKNOWN} when there is no such version. */
    public ConfigurationView version(Slot slot, long version) {
        return version == 0
                ? new ConfigurationView(slot, 0, List.of(), null, null, null)
                : database.read(tx -> view(tx, slot, version));
    }

    /** All versions, newest first. */
    public List<ConfigurationView> versions(Slot slot) {
        return database.read(tx -> {
            List<ConfigurationView> views = new ArrayList<>();
            store.all(tx, slot).reversed().forEach(v -> views.add(view(tx, slot, v.number())));
            return views;
        });
    }

    /** The newest version's statement, if anything was ever set. */
    public Optional<Current> current(Tx tx, Slot slot) {
        return said(tx, slot).findFirst();
    }

    /** What the ledger has about the slot's configuration, newest first: a row that says something else decides nothing. */
    private Stream<Current> said(Tx tx, Slot slot) {
        return ledger.about(tx, subject(slot), PredicateTypes.CONFIGURATION).reversed().stream()
                .filter(e -> ledger.register().counts(tx, e, KeyRole.RECORD))
                .map(e -> new Current(
                        e.id(),
                        e.index(),
                        e.statement().predicate(ConfigurationSet.class, PredicateTypes.CONFIGURATION)))
                .filter(current -> current.says().slot().equals(slot));
    }

    /** The statement of one version; {@code CONFIGURATION_UNKNOWN} when there is none. */
    public Current require(Tx tx, Slot slot, long version) {
        return said(tx, slot)
                .filter(current -> current.says().version() == version)
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(
                                "CONFIGURATION_UNKNOWN",
                                "Reading the configuration of " + slot,
                                "it has no version " + version + ".",
                                "List the versions: `waybill config history " + slot + "`.")
                        .exception());
    }

    /**
     * A version in clear, with what its values can be held against.
     *
     * @param commitmentKeys by key of the configuration, base64
     */
    public record Opened(Map<String, ConfigurationValue> values, Map<String, String> commitmentKeys) {
        public static final Opened NONE = new Opened(Map.of(), Map.of());
    }

    /** Everything in clear, secrets too: for the agent of this slot and nobody else. Version 0 is empty. */
    public Opened opened(Tx tx, Slot slot, long version) {
        if (version == 0) {
            return Opened.NONE;
        }
        Map<String, ConfigurationValue> values = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        items(tx, slot, version).forEach((name, item) -> {
            String text = ConfigurationRules.text(item.kind(), item.committed().value());
            values.put(name, new ConfigurationValue(item.kind(), text));
            keys.put(name, item.committed().commitmentKey());
        });
        return new Opened(values, keys);
    }

    private ConfigurationView view(Tx tx, Slot slot, long version) {
        Current current = require(tx, slot, version);
        Map<String, Item> items = items(tx, slot, version);
        List<ConfigurationView.Entry> entries = current.says().entries().stream()
                .map(e -> new ConfigurationView.Entry(e.key(), e.kind(), shown(items.get(e.key())), e.commitment()))
                .toList();
        return new ConfigurationView(
                slot, version, entries, current.says().by(), current.says().at(), current.statement());
    }

    private static @Nullable String shown(@Nullable Item item) {
        return item == null || item.kind() == Kind.SECRET
                ? null
                : ConfigurationRules.text(item.kind(), item.committed().value());
    }

    private static RuntimeException altered(Slot slot, long version, String key) {
        return new Problem.Refused(
                        "VALUE_ALTERED",
                        "Reading " + key + " of configuration " + version + " of " + slot,
                        "the stored value is not the one that was committed to in the ledger.",
                        "Set it again with `waybill config set " + slot + "`, and find out who writes to the database.")
                .exception();
    }

    private static RuntimeException changedMeanwhile(Slot slot, String missing) {
        return new Problem.Conflict(
                        "CONFIGURATION_CHANGED",
                        "Setting the configuration of " + slot,
                        missing + ".",
                        "Look at it again with `waybill config get " + slot + "`, then set it again.")
                .exception();
    }
}
