package dev.waybill.server.release;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.artifact.ReleaseLookup;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Releases as rows show them: a gap-free chain per slot, never changed but for what became of them. */
public final class Releases {
    private final ReleaseStore store = new SqlReleaseStore();

    /**
     * The newest release: what is approved there, which the next one follows and {@code ENV/APP} names. It may have failed,
     * and then something else runs: that is for {@link #mayRun} to say.
     */
    public Optional<Release> approved(Tx tx, Slot slot) {
        return store.newest(tx, slot);
    }

    public Optional<Release> find(Tx tx, ReleaseId id) {
        return store.find(tx, id);
    }

    /** As {@link #find}; {@code RELEASE_UNKNOWN} when there is none. */
    public Release require(Tx tx, ReleaseId id) {
        return find(tx, id)
                .orElseThrow(() -> new Problem.NotFound(
                                "RELEASE_UNKNOWN",
                                "Looking for the release " + id,
                                "there is none of that number.",
                                "List them: `waybill history " + id.slot() + "`.")
                        .exception());
    }

    /** Newest first. */
    public List<Release> all(Tx tx, Slot slot, int limit) {
        return store.all(tx, slot, limit);
    }

    /**
     * What may still run somewhere in the slot, newest first: the last release that every target had, and whatever was tried or
     * begun after it. After an automatic return that is the release before; a failed or partial deployment never takes its
     * place (law 8). Where no agent serves, the newest decision is all that is known.
     */
    public List<Release> mayRun(Tx tx, Slot slot) {
        return store.sinceSettled(tx, slot);
    }

    /** Every slot that has a release, in order. */
    public List<Slot> slots(Tx tx) {
        return store.slots(tx);
    }

    /** Slots that ever had a release of these bytes, in order. */
    public List<Slot> slotsOf(Tx tx, Digest artifact) {
        return store.slotsOf(tx, artifact);
    }

    /** For references such as {@code production/shop#7}, which the room of artifacts resolves. */
    public ReleaseLookup lookup() {
        return new ReleaseLookup() {
            @Override
            public Optional<Digest> approved(Tx tx, Slot slot) {
                return Releases.this.approved(tx, slot).map(r -> r.says().artifact());
            }

            @Override
            public List<Digest> mayRun(Tx tx, Slot slot) {
                return Releases.this.mayRun(tx, slot).stream()
                        .map(Release::statement)
                        .toList();
            }

            @Override
            public Optional<Digest> of(Tx tx, ReleaseId release) {
                return find(tx, release).map(r -> r.says().artifact());
            }
        };
    }

    /** The one before it is on its way no more. */
    public void insert(Tx tx, Release release) {
        approved(tx, release.id().slot())
                .filter(before -> before.outcome() == Release.Outcome.DEPLOYING)
                .ifPresent(before -> store.outcome(tx, before.id(), Release.Outcome.SUPERSEDED));
        store.insert(tx, release);
    }

    public void outcome(Tx tx, ReleaseId id, Release.Outcome outcome) {
        store.outcome(tx, id, outcome);
    }
}
