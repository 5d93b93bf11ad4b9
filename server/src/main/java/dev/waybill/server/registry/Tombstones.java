package dev.waybill.server.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was taken out of repositories: written in the transaction that takes it out, lifted in the one that brings it back. */
public interface Tombstones {
    /** What it was. */
    enum Kind {
        MANIFEST,
        BLOB;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** Why and by whom; {@code until} is when its bytes may go. */
    record Removal(Instant at, ActorName by, String why, Instant until) {}

    /** @param mediaType of a manifest, with which it comes back */
    record Tombstone(
            ApplicationName repository,
            Digest digest,
            Kind kind,
            @Nullable String mediaType,
            long size,
            Removal removal,
            @Nullable Instant goneAt) {
        /** True while it may come back. */
        public boolean isRestorable(Instant now) {
            return goneAt == null && removal.until().isAfter(now);
        }

        /** What became of it, for whoever asks for it: when, by whom and why it went, and how it comes back. */
        ProblemException unknown(String code, Instant now) {
            String next = isRestorable(now)
                    ? "Bring it back with `waybill registry restore " + repository + " " + digest + "` until "
                            + removal.until() + ", or push the same bytes again."
                    : "Push the same bytes again.";
            return new Problem.NotFound(
                            code,
                            "Finding the " + kind.label() + " " + digest + " in " + repository,
                            "it was taken out on " + removal.at() + " by " + removal.by() + " (" + removal.why() + ").",
                            next)
                    .exception();
        }
    }

    /** What is taken out now, with the time for which it may come back. */
    Removal removal(Instant at, ActorName by, String why);

    /** The last removal counts. */
    void put(Tx tx, Tombstone tombstone);

    /** Of every repository, by name; a digest may have been a manifest and a blob of one. */
    List<Tombstone> of(Tx tx, Digest digest);

    Optional<Tombstone> find(Tx tx, ApplicationName repository, Digest digest, Kind kind);

    /** It is there again. */
    void lift(Tx tx, ApplicationName repository, Digest digest, Kind kind);

    /** True while any repository may bring these bytes back. */
    boolean isRestorable(Tx tx, Digest digest, Instant now);

    /** What may come back, of every repository: the last ones first. */
    List<Tombstone> restorable(Tx tx, Instant now, int limit);

    /** Those whose time is over and whose bytes were not seen to yet. */
    List<Tombstone> due(Tx tx, Instant now, int limit);

    /**
     * Its bytes are gone as far as this repository is concerned: a manifest's row stays, a blob's ends. What was pushed and
     * taken out again meanwhile has a new time, and that counts.
     */
    void end(Tx tx, Tombstone tombstone, Instant at);
}
