package dev.waybill.server.tag;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;

/**
 * A push tagged with a full commit id registers the artifact by itself, and so law 2 decides about it; the room of
 * artifacts supplies this. Commit tags are exempt from the rules of other tags.
 */
@FunctionalInterface
public interface CommitTags {
    /**
     * Called outside of any transaction, so sign here; the fact's {@code append} runs in the transaction that stores the
     * manifest and its tag. Either may refuse with {@code COMMIT_HAS_ARTIFACT}; the same digest again is fine.
     */
    Fact pushed(ApplicationName application, CommitId commit, Digest manifest, ActorName by);
}
