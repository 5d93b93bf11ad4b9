package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Tx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Refuses to delete what is kept, or what something kept consists of or is proved by (law 3). */
final class Guard {
    private final ManifestStore manifests;
    private final Hooks.Keeps keeps;

    Guard(ManifestStore manifests, Hooks.Keeps keeps) {
        this.manifests = manifests;
        this.keeps = keeps;
    }

    /** Walks up from the content to everything that refers to it; each digest is visited once, however they nest. */
    void requireDeletable(Tx tx, ApplicationName repository, Digest digest) {
        Set<Digest> seen = new HashSet<>(Set.of(digest));
        Deque<Digest> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Digest next = open.remove();
            if (keeps.isKept(tx, next)) {
                throw kept(repository, digest, next);
            }
            for (Digest parent : manifests.parents(tx, repository, next)) {
                if (seen.add(parent)) {
                    open.add(parent);
                }
            }
            Optional<Digest> subject =
                    manifests.find(tx, repository, next).flatMap(m -> Optional.ofNullable(m.subject()));
            if (subject.isPresent() && seen.add(subject.get())) {
                open.add(subject.get());
            }
        }
    }

    private static RuntimeException kept(ApplicationName repository, Digest digest, Digest because) {
        String reason = digest.equals(because) ? "it is kept" : because + " is kept, and it belongs to that";
        return new Problem.Refused(
                        "KEPT",
                        "Deleting " + digest + " from " + repository,
                        reason + ": it runs or ran, is approved, pinned or a way back.",
                        "Ask `waybill registry why " + digest + "` what keeps it.")
                .exception();
    }
}
