package dev.waybill.server.promotion;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Artifacts as far as registrations say, for tests without a registry. */
final class LedgerCargo implements Cargo {
    private final Ledger ledger;

    /** Registered, but taken out of the registry. */
    final Set<Digest> gone = new HashSet<>();

    /** How often somebody asked what an artifact declares. */
    int asked;

    static final List<String> REQUIRED = List.of("DATABASE_URL");

    LedgerCargo(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Item resolve(Tx tx, Ref ref, Predicate<ApplicationName> mayRead) {
        if (ref instanceof Ref.ByDigest digest) {
            return require(tx, Shop.NAME, digest.digest());
        }
        throw new IllegalArgumentException("Only digests here");
    }

    @Override
    public Item require(Tx tx, ApplicationName application, Digest digest) {
        return ledger.about(tx, digest, PredicateTypes.REGISTRATION).stream()
                .map(e -> e.statement().predicate(Registration.class, PredicateTypes.REGISTRATION))
                .map(r -> new Item(digest, r.application(), r.commit()))
                .findFirst()
                .orElseThrow(
                        () -> new Problem.NotFound("ARTIFACT_UNKNOWN", "Looking", "none.", "Register it.").exception());
    }

    @Override
    public void requireBytes(Tx tx, ApplicationName application, Digest digest) {
        if (gone.contains(digest)) {
            throw new Problem.Refused("ARTIFACT_GONE", "Keeping", "its bytes were taken out.", "Push it.").exception();
        }
    }

    @Override
    public List<Version> versions(Tx tx, Item item) {
        return List.of();
    }

    @Override
    public List<String> required(ApplicationName application, Digest digest) {
        asked++;
        return REQUIRED;
    }
}
