package dev.waybill.server.distribution;

import dev.waybill.api.registry.CopyRequest;
import dev.waybill.api.registry.CopyView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Copy;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Where manifests were copied from, as whoever copied them says. They have no rows: few as they are, they are read from the
 * ledger. The same said again by the same person is the same claim, so that a copy that is resumed is recorded once.
 */
public final class Copies {
    private final Database database;
    private final Ledger ledger;
    private final Manifests manifests;
    private final Clock clock;

    public Copies(Database database, Ledger ledger, Manifests manifests, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.manifests = manifests;
        this.clock = clock;
    }

    /** Logs the claim. {@code COPY_INVALID}; {@code MANIFEST_UNKNOWN} when nothing of that digest lies in the repository. */
    CopyView record(CopyRequest request, ActorName by) {
        requireWords(request);
        Copy says = new Copy(
                request.repository(),
                request.from(),
                request.reference(),
                by,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Signed signed = ledger.keys()
                .record()
                .sign(Statement.of(says, Subject.of(request.repository().value(), request.digest())));
        return database.write(tx -> {
            if (manifests
                    .find(tx, request.repository(), new Reference.ByDigest(request.digest()))
                    .isEmpty()) {
                throw Manifests.unknown(request.repository(), request.digest().toString());
            }
            Optional<Entry> said = said(tx, request.digest(), says);
            if (said.isPresent()) {
                return view(request.digest(), copy(said.get()), said.get().id());
            }
            ledger.append(tx, signed);
            return view(request.digest(), says, signed.id());
        });
    }

    private Optional<Entry> said(Tx tx, Digest digest, Copy says) {
        return ledger.about(tx, digest, PredicateTypes.COPY).stream()
                .filter(entry -> isSame(copy(entry), says))
                .findFirst();
    }

    private static boolean isSame(Copy one, Copy other) {
        return one.repository().equals(other.repository())
                && one.from().equals(other.from())
                && Objects.equals(one.reference(), other.reference())
                && one.by().equals(other.by());
    }

    private static Copy copy(Entry entry) {
        return entry.statement().predicate(Copy.class, PredicateTypes.COPY);
    }

    private static CopyView view(Digest digest, Copy says, Digest statement) {
        return new CopyView(says.repository(), digest, says.from(), says.reference(), says.by(), says.at(), statement);
    }

    private static void requireWords(CopyRequest request) {
        if (request.digest().algorithm() != Digest.Algorithm.SHA256) {
            throw invalid(request, "statements are about sha256 digests only.");
        }
        if (!request.from().matches("[A-Za-z0-9.:\\[\\]-]{1,255}/[a-z0-9][a-z0-9._/-]{0,254}")) {
            throw invalid(request, "its place is not written HOST[:PORT]/NAME.");
        }
        String tag = request.reference();
        if (tag != null && !tag.matches("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}")) {
            throw invalid(request, "its reference is no tag.");
        }
    }

    private static ProblemException invalid(CopyRequest request, String missing) {
        return new Problem.Malformed(
                        "COPY_INVALID",
                        "Recording where " + request.digest() + " was copied from",
                        missing,
                        "Send the place as HOST[:PORT]/NAME, and the tag that was asked for, if any.")
                .exception();
    }
}
