package dev.waybill.server.promotion;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Version;
import dev.waybill.server.db.Tx;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** What this room must know of artifacts, as far as no gate decides on it. */
public interface Cargo {
    /** What a reference means now; {@code ARTIFACT_UNKNOWN} and the like, also for what may not be read. */
    Item resolve(Tx tx, Ref ref, Predicate<ApplicationName> mayRead);

    /** The registered artifact; {@code ARTIFACT_UNKNOWN}. */
    Item require(Tx tx, ApplicationName application, Digest digest);

    /** {@code ARTIFACT_GONE} when its repository no longer has its manifest: what is kept from now on must be there. */
    void requireBytes(Tx tx, ApplicationName application, Digest digest);

    /** The names that people gave it. */
    List<Version> versions(Tx tx, Item item);

    /** The keys that it declares as required, read from its own bytes; an {@link IOException} when they cannot be read. */
    List<String> required(ApplicationName application, Digest digest) throws IOException;

    record Item(Digest digest, ApplicationName application, CommitId commit) {}
}
