package dev.waybill.server.ledger;

import dev.waybill.core.name.Digest;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.SigningKey;
import java.security.KeyPair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's own keys, made at its first start: one for what others told it, one for verdicts, one for records, and the
 * log's, whose name is the origin. The origin is fixed for ever, because every checkpoint and proof carries it.
 */
public final class Keys {
    private static final String ORIGIN = "origin";
    private static final String LOG = "log.pem";
    private static final List<KeyRole> OWN = List.of(KeyRole.RECORD, KeyRole.INGEST, KeyRole.VERDICT);

    private final Map<KeyRole, SigningKey> keys = new EnumMap<>(KeyRole.class);
    private final LogKey log;
    private final String origin;

    private Keys(Map<KeyRole, SigningKey> keys, LogKey log, String origin) {
        this.keys.putAll(keys);
        this.log = log;
        this.origin = origin;
    }

    /**
     * Loads the keys, or makes them at the first start. The origin is written last: while it is missing the first start is
     * not finished, and once it is there every key must be.
     *
     * @param wanted the origin asked for; null takes the one that is there, or derives one from the log's key
     * @param first true when the ledger is still empty
     */
    static Keys load(KeyStore store, @Nullable String wanted, boolean first) {
        Optional<String> fixed = store.read(ORIGIN).map(String::strip);
        if (wanted != null) {
            requireHostName(wanted);
            fixed.filter(origin -> !origin.equals(wanted)).ifPresent(origin -> refuseOtherOrigin(origin, wanted));
        }
        boolean mayMake = first && fixed.isEmpty();
        KeyPair logPair = pair(store, LOG, LogKey::generate, "Ed25519", mayMake);
        Map<KeyRole, SigningKey> keys = new EnumMap<>(KeyRole.class);
        for (KeyRole role : OWN) {
            KeyPair pair = pair(store, role.label() + ".pem", SigningKey::generate, "EC", mayMake);
            keys.put(role, new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded()));
        }
        byte[] spki = logPair.getPublic().getEncoded();
        String origin = fixed.orElseGet(() -> {
            if (!mayMake) {
                throw missing(ORIGIN);
            }
            String chosen = wanted != null ? wanted : Digest.sha256(spki).shortHex() + ".waybill.local";
            store.write(ORIGIN, chosen + "\n");
            return chosen;
        });
        return new Keys(keys, new LogKey(origin, logPair.getPrivate(), spki), origin);
    }

    private static KeyPair pair(
            KeyStore store, String name, Supplier<KeyPair> generate, String algorithm, boolean mayMake) {
        return store.read(name).map(pem -> Pem.read(pem, algorithm, name)).orElseGet(() -> {
            if (!mayMake) {
                throw missing(name);
            }
            KeyPair pair = generate.get();
            store.write(name, Pem.write(pair));
            return pair;
        });
    }

    /** What a builder or reporter told us. */
    public SigningKey ingest() {
        return of(KeyRole.INGEST);
    }

    /** Decisions. */
    public SigningKey verdict() {
        return of(KeyRole.VERDICT);
    }

    /** What people and the server did. */
    public SigningKey record() {
        return of(KeyRole.RECORD);
    }

    /** What signs checkpoints. */
    public LogKey log() {
        return log;
    }

    /** The bare host name that this ledger is known by. */
    public String origin() {
        return origin;
    }

    /** The server's key of this role; agents' keys are never here. */
    SigningKey of(KeyRole role) {
        SigningKey key = keys.get(role);
        if (key == null) {
            throw new IllegalArgumentException("The server has no key for " + role.label());
        }
        return key;
    }

    /** The roles in the order in which their keys are logged: the one that signs the others first. */
    static List<KeyRole> own() {
        return OWN;
    }

    private static void requireHostName(String origin) {
        if (origin.length() > 253
                || !origin.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")) {
            throw new Problem.Malformed(
                            "ORIGIN_INVALID",
                            "Naming the ledger '" + origin + "'",
                            "an origin is a bare host name in lower case, without scheme, port or path.",
                            "Give for example --origin ledger.example.com.")
                    .exception();
        }
    }

    private static void refuseOtherOrigin(String fixed, String wanted) {
        throw new Problem.Refused(
                        "ORIGIN_FIXED",
                        "Starting with the origin " + wanted,
                        "this ledger is " + fixed + " for ever: every checkpoint and proof carries that name.",
                        "Start without --origin, or begin a new data directory.")
                .exception();
    }

    private static RuntimeException missing(String name) {
        return new Problem.Unavailable(
                        "KEYS_MISSING",
                        "Reading the server's keys",
                        "keys/" + name + " is not there, but this ledger has been started before.",
                        "Restore the keys directory from the backup; a new key cannot sign for an old ledger.")
                .exception();
    }
}
