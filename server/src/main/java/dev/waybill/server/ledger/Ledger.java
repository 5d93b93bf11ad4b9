package dev.waybill.server.ledger;

import dev.waybill.core.ledger.InclusionProof;
import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tile.Bell;
import dev.waybill.server.tile.CheckpointStore;
import dev.waybill.server.tile.Head;
import dev.waybill.server.tile.LeafRow;
import dev.waybill.server.tile.Publisher;
import dev.waybill.server.tile.Publishing;
import dev.waybill.server.tile.SqlCheckpointStore;
import dev.waybill.server.tile.TileStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The log of all statements: append in a transaction, find, follow, wait. */
public final class Ledger implements AutoCloseable {
    /** Larger evidence is pushed to the registry and named by digest. */
    public static final int MAX_STATEMENT = 4 * 1024 * 1024;

    /** The holder of the server's own keys. */
    static final String SERVER = "server";

    private static final int PAGE = 500;

    private static final Duration PROOF = Duration.ofSeconds(20);

    /** How often other servers' appends are looked for when several share one PostgreSQL. */
    private static final Duration POLL = Duration.ofMillis(200);

    private final Database database;
    private final LedgerStore store;
    private final Keys keys;
    private final Publisher publisher;
    private final Publishing publishing;
    private final Clock clock;
    private final Bell grown;

    private Ledger(Database database, LedgerStore store, Keys keys, Publisher publisher, Clock clock) {
        this.database = database;
        this.store = store;
        this.keys = keys;
        this.publisher = publisher;
        this.publishing = new Publishing(publisher);
        this.clock = clock;
        this.grown = new Bell(database.read(tx -> store.head(tx).size()));
    }

    /** Compares database and published checkpoint, then logs the server's own keys if they are not there yet. */
    static Ledger open(Database database, LedgerStore store, Keys keys, TileStore tiles, Clock clock) {
        Publisher.Parts parts = new Publisher.Parts(database, store);
        Publisher publisher = new Publisher(parts, new SqlCheckpointStore(), tiles, keys.log(), clock);
        publisher.recover();
        Ledger ledger = new Ledger(database, store, keys, publisher, clock);
        if (publisher.stopped().isEmpty()) {
            ledger.requireOwnKeys();
            ledger.logOwnKeys();
        }
        return ledger;
    }

    /** Publishes checkpoints from now on, each second and when somebody waits; without it only when somebody waits. */
    public void start() {
        publishing.start();
    }

    /** Why this ledger takes nothing more, if so: {@code LEDGER_ROLLED_BACK} or {@code LEDGER_DAMAGED}. */
    public Optional<Problem> readOnly() {
        return publisher.stopped();
    }

    @Override
    public void close() {
        publishing.close();
    }

    /** {@code KEYS_DIFFER} when a key file holds another key than the ledger has in service for that role. */
    private void requireOwnKeys() {
        List<KnownKey> known = database.read(tx -> register().heldBy(tx, SERVER));
        for (KeyRole role : Keys.own()) {
            String mine = Base64.getEncoder().encodeToString(keys.of(role).publicKey());
            List<KnownKey> logged =
                    known.stream().filter(key -> key.role() == role).toList();
            if (!logged.isEmpty()
                    && logged.stream().noneMatch(key -> key.publicKey().equals(mine))) {
                throw new Problem.Unavailable(
                                "KEYS_DIFFER",
                                "Starting with the key in keys/" + role.label() + ".pem",
                                "entry " + logged.getLast().from() + " of the ledger has another key for "
                                        + role.label() + ", and what this one signs would not count.",
                                "Restore the keys directory and the database from the same backup.")
                        .exception();
            }
        }
    }

    /** The server's own keys are the first entries: whoever has the ledger knows who may have said the rest. */
    private void logOwnKeys() {
        for (KeyRole role : Keys.own()) {
            byte[] publicKey = keys.of(role).publicKey();
            Digest subject = KeyRegister.subject(publicKey);
            KeyChange change = new KeyChange(
                    "added",
                    role,
                    SERVER,
                    Base64.getEncoder().encodeToString(publicKey),
                    List.of(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            Signed signed = keys.record().sign(Statement.of(change, Subject.of(role.label(), subject)));
            database.change(tx -> {
                if (about(tx, subject, PredicateTypes.KEY).isEmpty()) {
                    append(tx, signed);
                }
            });
        }
    }

    /** The server's own keys and the ledger's origin. */
    public Keys keys() {
        return keys;
    }

    /**
     * Logs a statement in the caller's transaction and returns its index; a statement that is there already keeps its
     * index. The caller has verified the signature and who may say such a thing.
     */
    public long append(Tx tx, Signed signed) {
        readOnly().ifPresent(why -> {
            throw why.exception();
        });
        byte[] payload = signed.payload();
        if (payload.length > MAX_STATEMENT) {
            throw new Problem.TooLarge(
                            "STATEMENT_TOO_LARGE",
                            "Logging a statement",
                            "it has " + payload.length + " bytes, the limit is " + MAX_STATEMENT + ".",
                            "Push large content to the registry and name it by digest.")
                    .exception();
        }
        Statement statement = Statement.parse(payload);
        store.takeTurn(tx);
        Optional<Entry> existing = store.find(tx, signed.id());
        if (existing.isPresent()) {
            return existing.get().index();
        }
        Head head = store.head(tx);
        long index = head.size();
        byte[] body = Leaf.of(signed);
        LeafRow leaf = new LeafRow(index, Hash.leaf(body), body, signed.id(), statement.predicateType());
        // The time is no part of any payload; a second run may well take a later one.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.insert(
                tx,
                new LedgerStore.Addition(
                        new Entry(index, signed.id(), signed, at),
                        leaf,
                        statement.subject().stream()
                                .map(Subject::sha256)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toSet()),
                        head.range().append(leaf.hash())));
        tx.afterCommit(() -> grown.ring(index + 1));
        return index;
    }

    public Optional<Entry> find(Tx tx, Digest statementId) {
        return store.find(tx, statementId);
    }

    /**
     * True if this server's own key of that role made the statement. It asks the key file alone: whoever writes to the
     * database can plant a key there, and nothing that opens bytes may rest on that.
     */
    public boolean isOwn(Signed signed, KeyRole role) {
        return Arrays.equals(signed.publicKey(), keys.of(role).publicKey())
                && PublicKeys.verifies(
                        signed.publicKey(),
                        Dsse.preAuthenticationEncoding(Statement.PAYLOAD_TYPE, signed.payload()),
                        signed.signature());
    }

    /** The entries of one predicate type that have this sha256 among their subjects, in ledger order. */
    public List<Entry> about(Tx tx, Digest subject, String predicateType) {
        return store.about(tx, subject, predicateType);
    }

    /** Entries of one predicate type with a higher index than this, in ledger order; -1 begins at the start. */
    public List<Entry> ofType(Tx tx, String predicateType, long afterIndex, int limit) {
        return store.after(tx, Optional.of(predicateType), afterIndex, limit);
    }

    /** Every entry of one predicate type in ledger order, a page in memory at a time: for audits, which read everything. */
    public void each(Tx tx, String predicateType, Consumer<Entry> reader) {
        long seen = -1;
        List<Entry> page;
        do {
            page = ofType(tx, predicateType, seen, PAGE);
            for (Entry entry : page) {
                seen = entry.index();
                reader.accept(entry);
            }
        } while (page.size() == PAGE);
    }

    /** Entries with a higher index than this, in ledger order; -1 begins at the start. */
    public List<Entry> after(Tx tx, long index, int limit) {
        return store.after(tx, Optional.empty(), index, limit);
    }

    /** When the newest checkpoint was signed; empty while there is none. */
    public Optional<Instant> checkpointedAt(Tx tx) {
        return publisher().checkpoints().newestAt(tx);
    }

    /** How many entries there are; the next one gets this index. */
    public long size(Tx tx) {
        return store.head(tx).size();
    }

    /** Size and root as the database has them. */
    public Tree tree(Tx tx) {
        Head head = store.head(tx);
        return new Tree(head.size(), head.root());
    }

    /**
     * Waits until there are more than {@code size} entries, at most so long, and returns how many there are. Whoever
     * follows the ledger calls it in turns with {@link #after}; entries it has seen are committed and visible.
     */
    public long awaitGrowth(long size, Duration atMost) {
        if (!database.engine().equals("postgresql")) {
            return grown.await(size, atMost);
        }
        // Another server on the same database rings no bell here.
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            long now = grown.await(size, left.compareTo(POLL) < 0 ? left : POLL);
            if (now <= size) {
                now = database.read(this::size);
                grown.ring(now);
            }
            if (now > size || left.isZero() || Thread.currentThread().isInterrupted()) {
                return now;
            }
        }
    }

    /**
     * The statement with its inclusion proof and a checkpoint that covers it; waits for one, which takes about as long as a
     * few files need to become durable. Never inside a transaction. {@code STATEMENT_UNKNOWN} when it is not logged.
     */
    public Logged prove(Digest statementId) {
        Entry entry = require(statementId);
        return prove(entry, publishing.cover(entry.index(), PROOF));
    }

    /** As {@link #prove}, but with the first checkpoint that covers it, so that it is the same proof each time. */
    public Logged proveFirst(Digest statementId) {
        Entry entry = require(statementId);
        CheckpointStore.Signed newest = publishing.cover(entry.index(), PROOF);
        return prove(
                entry,
                database.read(tx -> publisher.checkpoints().covering(tx, entry.index()))
                        .orElse(newest));
    }

    private Logged prove(Entry entry, CheckpointStore.Signed checkpoint) {
        long size = checkpoint.tree().size();
        InclusionProof proof =
                InclusionProof.make(entry.index(), size, publisher.derivation().nodes(size));
        return new Logged(entry.signed(), proof, checkpoint.note());
    }

    private Entry require(Digest statementId) {
        return database.read(tx -> find(tx, statementId)).orElseThrow(() -> unknown(statementId));
    }

    private static ProblemException unknown(Digest statementId) {
        return new Problem.NotFound(
                        "STATEMENT_UNKNOWN",
                        "Looking for the statement " + statementId,
                        "the ledger has none with this id.",
                        "Give the sha256 of the statement's payload, as `waybill why` prints it.")
                .exception();
    }

    Publisher publisher() {
        return publisher;
    }

    /** Which keys count where. */
    public KeyRegister register() {
        return new KeyRegister(this);
    }

    LedgerStore store() {
        return store;
    }

    Database database() {
        return database;
    }
}
