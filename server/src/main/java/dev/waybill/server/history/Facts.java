package dev.waybill.server.history;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Heard.Place;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.KeyRegister;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements of the ledger as verified facts: the signature is checked here again, and the key must have been in service at
 * that place, in a role that may say this, an agent's only about its own slots and in its own name.
 */
public final class Facts {
    private static final int REMEMBERED = 100_000;

    private final Ledger ledger;
    private final KeyRegister register;
    private final NegativeFacts negative;

    /** Statement and key whose signature verified before; a statement's id is the hash of its bytes, so both cannot change. */
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    public Facts(Ledger ledger) {
        this.ledger = ledger;
        this.register = new KeyRegister(ledger);
        this.negative = new NegativeFacts(ledger);
    }

    public Reading reading(Tx tx) {
        return new Reading(tx, register.all(tx), ledger.size(tx));
    }

    NegativeFacts negative() {
        return negative;
    }

    /** The ledger as one transaction sees it. */
    public final class Reading {
        private final Tx tx;
        private final List<KnownKey> keys;
        private final long size;
        private NegativeFacts.@Nullable Seen seen;

        private Reading(Tx tx, List<KnownKey> keys, long size) {
            this.tx = tx;
            this.keys = keys;
            this.size = size;
        }

        long size() {
            return size;
        }

        /** True if a report of this agent at this place is about the host that has its name now. */
        public boolean isOfNow(AgentName agent, long index) {
            return index >= Targets.since(keys, agent);
        }

        List<KnownKey> keys() {
            return keys;
        }

        /** Entries about this subject that may say what they say, in ledger order. */
        public List<Entry> entries(Digest subject, String type) {
            return ledger.about(tx, subject, type).stream().filter(this::counts).toList();
        }

        /**
         * Marks that may count, in ledger order. All there are is read, few as they are. {@code EVIDENCE_HIDDEN} when rows that
         * somebody changed or took away hide one, {@code LEDGER_DAMAGED}, {@code LEDGER_BEING_READ}.
         */
        public List<Entry> everyMark(java.util.function.Predicate<Mark> wanted) {
            Set<Place> found = new HashSet<>();
            List<Entry> marks = marks(wanted, entry -> found.add(Place.of(entry)));
            seen().requireMarks(found);
            return marks;
        }

        /** As {@link #everyMark}, from the rows as they are: for what refuses by a mark and opens nothing without one. */
        List<Entry> marks(java.util.function.Predicate<Mark> wanted) {
            return marks(wanted, entry -> {});
        }

        private List<Entry> marks(java.util.function.Predicate<Mark> wanted, Consumer<Entry> each) {
            List<Entry> marks = new ArrayList<>();
            ledger.each(tx, PredicateTypes.MARK, entry -> {
                each.accept(entry);
                if (wanted.test(entry.statement().predicate(Mark.class, PredicateTypes.MARK)) && counts(entry)) {
                    marks.add(entry);
                }
            });
            return marks;
        }

        /** {@code EVIDENCE_HIDDEN} when a run of these bytes that did not pass is not found by its subject; as {@link #everyMark}. */
        void requireFailures(Digest artifact) {
            seen().requireFailures(
                            artifact,
                            ledger.about(tx, artifact, PredicateTypes.TEST_RESULT).stream()
                                    .map(Place::of)
                                    .collect(Collectors.toSet()));
        }

        private NegativeFacts.Seen seen() {
            if (seen == null) {
                seen = negative.upTo(tx);
            }
            return seen;
        }

        public <P extends Predicate> List<Fact<P>> about(Digest subject, String type, Class<P> as) {
            return entries(subject, type).stream().map(e -> fact(e, type, as)).toList();
        }

        public <P extends Predicate> Optional<Fact<P>> find(Digest statement, String type, Class<P> as) {
            return ledger.find(tx, statement).filter(this::counts).map(e -> fact(e, type, as));
        }

        /** {@code EVIDENCE_UNVERIFIABLE} for bytes that nobody signed; false for a key that may not say this. */
        public boolean counts(Entry entry) {
            Signed signed = entry.signed();
            requireSignature(signed);
            Statement statement = entry.statement();
            return keys.stream()
                    .filter(k -> k.countsAt(entry.index()) && Arrays.equals(k.spki(), signed.publicKey()))
                    .anyMatch(k -> k.role().maySay(statement.predicateType()) && speaksForItself(k, statement));
        }
    }

    public static <P extends Predicate> Fact<P> fact(Entry entry, String type, Class<P> as) {
        return new Fact<>(entry.id(), entry.index(), entry.statement().predicate(as, type));
    }

    private void requireSignature(Signed signed) {
        String key = signed.id() + " " + signed.keyId();
        if (verified.contains(key)) {
            return;
        }
        byte[] message = Dsse.preAuthenticationEncoding(Statement.PAYLOAD_TYPE, signed.payload());
        if (!PublicKeys.verifies(signed.publicKey(), message, signed.signature())) {
            throw new Problem.Unavailable(
                            "EVIDENCE_UNVERIFIABLE",
                            "Reading the statement " + signed.id(),
                            "its signature does not verify, so nobody can tell what it said.",
                            "Run `waybill ledger verify`, and restore the database from a backup.")
                    .exception();
        }
        if (verified.size() >= REMEMBERED) {
            verified.clear();
        }
        verified.add(key);
    }

    private static boolean speaksForItself(KnownKey key, Statement statement) {
        if (key.role() != KeyRole.AGENT) {
            return true;
        }
        String type = statement.predicateType();
        if (type.equals(PredicateTypes.DEPLOYMENT)) {
            Deployment says = statement.predicate(Deployment.class, PredicateTypes.DEPLOYMENT);
            return isOf(key, says.agent().value(), says.release().slot());
        }
        if (type.equals(PredicateTypes.OBSERVATION)) {
            Observation says = statement.predicate(Observation.class, PredicateTypes.OBSERVATION);
            return isOf(key, says.agent().value(), says.slot());
        }
        return false;
    }

    private static boolean isOf(KnownKey key, String agent, Slot slot) {
        return key.holder().equals("agent/" + agent) && key.slots().contains(slot);
    }
}
