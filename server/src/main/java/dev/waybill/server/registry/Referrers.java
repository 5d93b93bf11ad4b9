package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is about a manifest (distribution-spec, "Listing Referrers"): one query, no walk over documents. */
public final class Referrers {
    /** An answer is itself an index that a client reads as a manifest, so it stays well under that limit. In bytes. */
    private static final int PAGE_BYTES = 3 * 1024 * 1024;

    private static final int PAGE_ROWS = 1000;

    private final Database database;
    private final ManifestStore store;

    Referrers(Database database, ManifestStore store) {
        this.database = database;
        this.store = store;
    }

    /** Which referrers, all manifests when {@code subject} is null; {@code last} is the digest after which the page starts. */
    public record Ask(
            ApplicationName repository,
            @Nullable Digest subject,
            @Nullable String artifactType,
            @Nullable String last) {}

    /** In the order of their digests; {@code more} when others follow the last one. */
    public record Found(List<Manifest> manifests, boolean more) {
        public Found {
            manifests = List.copyOf(manifests);
        }
    }

    /** At most {@code n} of them, or as many as fit when negative. */
    public Found list(Ask ask, int n) {
        int limit = n < 0 ? PAGE_ROWS : Math.min(n, PAGE_ROWS);
        List<Manifest> rows = database.read(tx -> store.list(tx, ask, limit + 1));
        List<Manifest> page = new ArrayList<>();
        long bytes = 0;
        for (Manifest row : rows) {
            bytes += weight(row);
            if (page.size() == limit || (bytes > PAGE_BYTES && !page.isEmpty())) {
                return new Found(page, true);
            }
            page.add(row);
        }
        return new Found(page, false);
    }

    /** Roughly what its descriptor takes in JSON. */
    private static long weight(Manifest manifest) {
        long bytes = 400;
        for (Map.Entry<String, String> a : manifest.annotations().entrySet()) {
            bytes += 8L
                    + 2L * a.getKey().getBytes(StandardCharsets.UTF_8).length
                    + 2L * a.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }
}
