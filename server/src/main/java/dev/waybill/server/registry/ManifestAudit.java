package dev.waybill.server.registry;

import dev.waybill.api.oci.Document;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares each manifest's row and what it refers to with the manifest's own bytes, and those with their digest. */
public final class ManifestAudit implements RowAudit {
    private static final int PAGE = 500;

    private final BlobStore blobs;
    private final SqlManifestStore store = new SqlManifestStore();

    public ManifestAudit(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public String room() {
        return "registry";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        SqlManifestStore.Place after = SqlManifestStore.Place.START;
        List<SqlManifestStore.Place> page;
        do {
            page = store.places(tx, after, PAGE);
            for (SqlManifestStore.Place place : page) {
                after = place;
                String what = against(tx, new ApplicationName(place.repository()), Digest.parse(place.digest()));
                if (what != null) {
                    String row = place.repository() + "@" + place.digest();
                    findings.add(new Finding(room(), "manifest", row, null, "ROW_DIFFERS", what));
                }
            }
        } while (page.size() == PAGE);
        if (store.strays(tx) > 0) {
            findings.add(new Finding(
                    room(), "manifest_ref", "-", null, "STATEMENT_MISSING", "References of no manifest are there."));
        }
        return findings;
    }

    /** What does not agree, in one sentence; null when all does. */
    private @Nullable String against(Tx tx, ApplicationName repository, Digest digest) {
        try {
            Optional<Blob> blob = blobs.open(digest);
            if (blob.isEmpty()) {
                return "Its bytes are not there.";
            }
            byte[] bytes;
            try (Blob open = blob.get()) {
                bytes = open.bytes(Manifests.MAX_BYTES);
            }
            Digest.Algorithm algorithm = digest.algorithm();
            if (!Digest.of(algorithm, algorithm.newMessageDigest().digest(bytes))
                    .equals(digest)) {
                return "Its bytes do not have its digest.";
            }
            Manifest row = store.find(tx, repository, digest).orElseThrow();
            Document document = Document.parse(bytes, row.mediaType());
            boolean agrees = row.size() == bytes.length
                    && Objects.equals(row.artifactType(), document.artifactType())
                    && Objects.equals(row.subject(), document.subject())
                    && row.annotations().equals(document.annotations())
                    && store.links(tx, repository, digest).equals(document.links());
            return agrees ? null : "The row or its references are not what its bytes say.";
        } catch (ProblemException e) {
            return e.problem().sentence();
        } catch (IOException e) {
            return "Its bytes cannot be read (" + e.getMessage() + ").";
        }
    }
}
