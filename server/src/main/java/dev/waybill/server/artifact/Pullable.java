package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.InForce;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.PullLimit;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.PullLimits;
import dev.waybill.server.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What an account that is limited to an environment may pull. Proved each time somebody asks: the limit, the release and
 * the vetoes from statements of this server's own key, what an artifact consists of from its manifests' bytes against
 * their digests. A row only says where to look, so that a forged one opens nothing; one that is missing closes.
 */
public final class Pullable implements PullLimits {
    private final Ledger ledger;
    private final BlobStore blobs;
    private final ReleaseLookup releases;
    private final Clock clock;
    private final Permits permits = new SqlPermits();

    public Pullable(Ledger ledger, BlobStore blobs, ReleaseLookup releases, Clock clock) {
        this.ledger = ledger;
        this.blobs = blobs;
        this.releases = releases;
        this.clock = clock;
    }

    @Override
    public Consumer<Tx> limit(ActorName actor, EnvironmentName environment, ActorName by) {
        PullLimit says = new PullLimit(actor, environment, by, clock.instant());
        Signed signed = ledger.keys()
                .record()
                .sign(Statement.of(says, Subject.of("account/" + actor, PullLimit.subject(actor))));
        return tx -> {
            permits.limit(tx, actor, environment);
            ledger.append(tx, signed);
        };
    }

    /** True if the account is not limited, or the digest is a part of an artifact that was released for it. */
    public boolean mayPull(Tx tx, ActorName actor, ApplicationName application, Digest digest) {
        Set<EnvironmentName> environments =
                said(tx, PullLimit.subject(actor), PredicateTypes.PULL_LIMIT, PullLimit.class).stream()
                        .filter(limit -> limit.account().equals(actor))
                        .map(PullLimit::environment)
                        .collect(Collectors.toSet());
        if (environments.isEmpty() && !permits.isLimited(tx, actor)) {
            return true;
        }
        return environments.stream()
                .map(environment -> new Slot(environment, application))
                .anyMatch(slot -> permits.having(tx, slot, digest).stream()
                        .anyMatch(artifact -> isReleased(tx, slot, artifact) && consistsOf(artifact, digest)));
    }

    private boolean isReleased(Tx tx, Slot slot, Digest artifact) {
        return said(tx, artifact, PredicateTypes.RELEASE, ReleaseMade.class).stream()
                        .anyMatch(made ->
                                made.slot().equals(slot) && made.artifact().equals(artifact))
                && (!isVetoed(tx, slot, artifact) || mayRun(tx, slot, artifact));
    }

    /** What runs may be restarted, also when it was vetoed since; a row that no release statement of ours stands behind is none. */
    private boolean mayRun(Tx tx, Slot slot, Digest artifact) {
        return releases.mayRun(tx, slot).stream()
                .flatMap(statement -> ledger.find(tx, statement).stream())
                .filter(entry -> entry.statement().predicateType().equals(PredicateTypes.RELEASE))
                .filter(entry -> ledger.isOwn(entry.signed(), KeyRole.RECORD))
                .map(entry -> entry.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE))
                .anyMatch(made -> made.slot().equals(slot) && made.artifact().equals(artifact));
    }

    private boolean isVetoed(Tx tx, Slot slot, Digest artifact) {
        List<Mark> marks = said(tx, artifact, PredicateTypes.MARK, Mark.class).stream()
                .filter(mark -> mark.vetoes(slot, artifact))
                .toList();
        return !new InForce<Mark>(mark -> mark).hearAll(marks).all().isEmpty();
    }

    private <P extends Predicate> List<P> said(Tx tx, Digest subject, String type, Class<P> predicate) {
        return ledger.about(tx, subject, type).stream()
                .filter(entry -> ledger.isOwn(entry.signed(), KeyRole.RECORD))
                .map(entry -> entry.statement().predicate(predicate, type))
                .toList();
    }

    private boolean consistsOf(Digest artifact, Digest part) {
        try {
            return artifact.equals(part)
                    || Anatomy.read(blobs, artifact).parts().stream()
                            .anyMatch(p -> p.digest().equals(part));
        } catch (ProblemException e) {
            // A manifest that is not there or is none proves nothing.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
