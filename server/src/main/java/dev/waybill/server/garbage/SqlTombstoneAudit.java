package dev.waybill.server.garbage;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tombstones are no facts: who took something out, and why, stands in their rows alone. What can be held against something
 * is: nothing that was released or is still there is taken out, its time to come back is the rule's, size and kind are
 * those of the bytes while these rest, and of a registered artifact that is not there a tombstone stays (law 3).
 */
public final class SqlTombstoneAudit implements RowAudit {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final BlobStore blobs;
    private final Duration rest;

    /** @param rest how long what was taken out may come back */
    public SqlTombstoneAudit(BlobStore blobs, Duration rest) {
        this.blobs = blobs;
        this.rest = rest;
    }

    private record Row(
            String repository,
            Digest digest,
            String kind,
            @Nullable String mediaType,
            long size,
            Times times) {
        static Row of(ResultSet row) throws SQLException {
            long gone = row.getLong("gone_at");
            boolean there = row.wasNull();
            return new Row(
                    row.getString("repository"),
                    Digest.parse(row.getString("digest")),
                    row.getString("kind"),
                    row.getString("media_type"),
                    row.getLong("size"),
                    new Times(row.getLong("removed_at"), row.getLong("restorable_until"), there ? null : gone));
        }
    }

    private record Times(long removed, long until, @Nullable Long gone) {
        boolean follow(Duration rest) {
            return until - removed == rest.toMillis() && (gone == null || gone >= until);
        }
    }

    @Override
    public String room() {
        return "garbage";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        Set<String> released = new TreeSet<>();
        ledger.each(
                tx,
                PredicateTypes.RELEASE,
                entry -> entry.statement().subject().stream()
                        .flatMap(subject -> subject.sha256().stream())
                        .forEach(digest -> released.add(digest.toString())));
        Set<String> present = present(tx);
        List<Row> rows = tx.handle()
                .createQuery("SELECT repository, digest, kind, media_type, size, removed_at, restorable_until, gone_at"
                        + " FROM tombstone ORDER BY repository, digest")
                .map((row, context) -> Row.of(row))
                .list();
        Set<String> shown = new TreeSet<>();
        for (Row row : rows) {
            String name = row.repository() + "@" + row.digest();
            if (row.kind().equals("manifest")) {
                shown.add(name);
            }
            String what = present.contains(name + " " + row.kind())
                    ? "It is still there."
                    : released.contains(row.digest().toString()) && isOwn(tx, row)
                            ? "It was released, and what was released is never taken out."
                            : against(row);
            if (what != null) {
                findings.add(finding(name, "ROW_DIFFERS", what));
            }
        }
        missing(tx).stream()
                .filter(name -> !shown.contains(name))
                .forEach(name -> findings.add(
                        finding(name, "ROW_MISSING", "The artifact is not there, and no tombstone says why.")));
        return findings;
    }

    private @Nullable String against(Row row) {
        if (!row.times().follow(rest)) {
            return "Its times are not those that the rule gives.";
        }
        if (!Set.of("manifest", "blob").contains(row.kind())) {
            return "It is of no kind that is taken out.";
        }
        try {
            Optional<Blob> blob = blobs.open(row.digest());
            if (blob.isEmpty()) {
                return null;
            }
            try (Blob open = blob.get()) {
                boolean agrees = open.size() == row.size()
                        && (row.kind().equals("blob") ? row.mediaType() == null : hasType(open, row.mediaType()));
                return agrees ? null : "It says something else than its bytes.";
            }
        } catch (ProblemException e) {
            return e.problem().sentence();
        } catch (IOException e) {
            return "Its bytes cannot be read (" + e.getMessage() + ").";
        }
    }

    private static boolean hasType(Blob blob, @Nullable String mediaType) throws IOException {
        JsonNode said = Json.parseObject(blob.bytes(MOST_BYTES)).path("mediaType");
        return mediaType != null && (!said.isString() || said.stringValue().equals(mediaType));
    }

    private static Set<String> present(Tx tx) {
        return new TreeSet<>(tx.handle()
                .createQuery("SELECT t.repository, t.digest, t.kind FROM tombstone t"
                        + " JOIN manifest m ON m.repository = t.repository AND m.digest = t.digest"
                        + " WHERE t.kind = 'manifest' UNION SELECT t.repository, t.digest, t.kind FROM tombstone t"
                        + " JOIN repo_blob b ON b.repository = t.repository AND b.digest = t.digest"
                        + " WHERE t.kind = 'blob'")
                .map((row, context) ->
                        row.getString("repository") + "@" + row.getString("digest") + " " + row.getString("kind"))
                .list());
    }

    /** Registered artifacts without a manifest in their application's repository. */
    private static List<String> missing(Tx tx) {
        return tx.handle()
                .createQuery("SELECT a.application, a.digest FROM artifact a WHERE NOT EXISTS"
                        + " (SELECT 1 FROM manifest m WHERE m.repository = a.application AND m.digest = a.digest)"
                        + " ORDER BY a.application, a.digest")
                .map((row, context) -> row.getString("application") + "@" + row.getString("digest"))
                .list();
    }

    private static boolean isOwn(Tx tx, Row row) {
        return tx.handle()
                .createQuery("SELECT 1 FROM artifact WHERE digest = :digest AND application = :application")
                .bind("digest", row.digest().toString())
                .bind("application", row.repository())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private Finding finding(String row, String code, String what) {
        return new Finding(room(), "tombstone", row, null, code, what);
    }
}
