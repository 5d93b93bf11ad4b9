package dev.waybill.server.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tag.Tags;
import java.util.Optional;

/**
 * Refuses content to accounts that pull only what was permitted. What is said about permitted content (its referrers, down to
 * their blobs) is permitted with it: an account that may run an artifact may verify it too.
 */
public final class Pulls {
    private final Database database;
    private final ManifestStore manifests;
    private final Tags tags;
    private final PullRules rules;

    Pulls(Database database, ManifestStore manifests, Tags tags, PullRules rules) {
        this.database = database;
        this.manifests = manifests;
        this.tags = tags;
        this.rules = rules;
    }

    /** {@code PULL_NOT_PERMITTED}; a tag that does not exist is for others to refuse. */
    public void require(ActorName actor, ApplicationName repository, Reference reference) {
        Optional<Digest> digest = switch (reference) {
            case Reference.ByDigest r -> Optional.of(r.digest());
            case Reference.ByTag r -> tags.find(repository, r.tag());
        };
        digest.ifPresent(d -> require(actor, repository, d));
    }

    /** {@code PULL_NOT_PERMITTED}. */
    public void require(ActorName actor, ApplicationName repository, Digest digest) {
        boolean may = database.read(tx -> rules.mayPull(tx, actor, repository, digest)
                || isAboutPermitted(tx, actor, repository, digest)
                || manifests.parents(tx, repository, digest).stream()
                        .anyMatch(parent -> isAboutPermitted(tx, actor, repository, parent)));
        if (!may) {
            throw new Problem.Forbidden(
                            "PULL_NOT_PERMITTED",
                            actor + " asked to pull " + digest + " from " + repository,
                            "this account pulls only what was promoted into its environment, and this was not.",
                            "Promote it there (`waybill promote REF --to ENV`), or pull with an account without that limit.")
                    .exception();
        }
    }

    private boolean isAboutPermitted(Tx tx, ActorName actor, ApplicationName repository, Digest manifest) {
        return manifests
                .find(tx, repository, manifest)
                .flatMap(m -> Optional.ofNullable(m.subject()))
                .filter(subject -> rules.mayPull(tx, actor, repository, subject))
                .isPresent();
    }
}
