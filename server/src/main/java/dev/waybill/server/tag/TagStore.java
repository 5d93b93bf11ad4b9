package dev.waybill.server.tag;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where tags and their history are kept. */
interface TagStore {
    TagState state(Tx tx, ApplicationName repository, Version tag);

    /** Moves a tag that stands at {@code before}, and adds to its history. */
    void move(Tx tx, TagMove move, TagState before);

    /** Existing tags in the order of their bytes, after {@code last}. */
    List<Version> list(Tx tx, ApplicationName repository, @Nullable String last, int limit);

    /** Existing tags that point there, in the order of their bytes. */
    List<Version> pointingAt(Tx tx, ApplicationName repository, Digest digest);

    /** Every tag that there ever was, by repository. */
    Map<ApplicationName, List<Version>> all(Tx tx);

    /** Moves, newest first, before the one with that number. */
    List<Tags.Past> history(Tx tx, ApplicationName repository, Version tag, long before, int limit);
}
