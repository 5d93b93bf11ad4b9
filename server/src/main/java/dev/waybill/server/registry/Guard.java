package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tag.TagRules;
import dev.waybill.server.tag.Tags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses to delete what is kept, or what something kept consists of or is proved by (law 3). */
final class Guard {
    private final ManifestStore manifests;
    private final Tags tags;
    private final Hooks.Keeps keeps;

    Guard(ManifestStore manifests, Tags tags, Hooks.Keeps keeps) {
        this.manifests = manifests;
        this.tags = tags;
        this.keeps = keeps;
    }

    /** Walks up from the content to everything that refers to it; each digest is visited once, however they nest. */
    void requireDeletable(Tx tx, ApplicationName repository, Digest digest) {
        requireNotKept(tx, repository, digest);
        requireNoPart(tx, repository, digest);
    }

    /** A manifest that is listed is whole, promoted or not; where manifests may be sparse, parts may go. */
    private void requireNoPart(Tx tx, ApplicationName repository, Digest digest) {
        if (tags.floats(repository)) {
            return;
        }
        manifests.parents(tx, repository, digest, 1).stream().findFirst().ifPresent(parent -> {
            throw new Problem.Refused(
                            "KEPT",
                            "Deleting " + digest + " from " + repository,
                            parent + " is there and consists of it.",
                            "Delete " + parent + " first; what nothing refers to is collected by itself.")
                    .exception();
        });
    }

    private void requireNotKept(Tx tx, ApplicationName repository, Digest digest) {
        Set<Digest> seen = new HashSet<>(Set.of(digest));
        Deque<Digest> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Digest next = open.remove();
            if (keeps.isKept(tx, next)) {
                throw kept(repository, digest, next);
            }
            List<Digest> above = new ArrayList<>(manifests.parents(tx, repository, next, Integer.MAX_VALUE));
            manifests.find(tx, repository, next).map(Manifest::subject).ifPresent(above::add);
            // A fallback tag stands for its subject as the field does.
            tags.of(tx, repository, next).stream()
                    .flatMap(tag -> TagRules.subject(tag).stream())
                    .forEach(above::add);
            above.stream().filter(seen::add).forEach(open::add);
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
