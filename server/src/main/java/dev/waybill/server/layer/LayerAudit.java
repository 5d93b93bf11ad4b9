package dev.waybill.server.layer;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.compare.contents.Contents;
import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads every indexed layer again, under the same caps, and compares the files in it with their rows: what an audit costs
 * grows with the bytes in the store. A layer whose bytes are gone is past comparing.
 */
public final class LayerAudit implements RowAudit {
    private static final int PAGE = 100;

    private final BlobStore blobs;
    private final SqlLayerStore store = new SqlLayerStore();

    public LayerAudit(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public String room() {
        return "layer";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        String last = "";
        List<Digest> page;
        do {
            page = store.read(tx, last, PAGE);
            for (Digest layer : page) {
                last = layer.toString();
                String what = against(tx, layer);
                if (what != null) {
                    findings.add(finding(last, "ROW_DIFFERS", what));
                }
            }
        } while (page.size() == PAGE);
        for (String stray : store.strays(tx)) {
            findings.add(finding(stray, "STATEMENT_MISSING", "Files of a layer that no artifact brought are there."));
        }
        return findings;
    }

    private @Nullable String against(Tx tx, Digest layer) {
        List<FileInside> rows = store.files(tx, layer);
        List<FileInside> files = new ArrayList<>();
        try {
            Optional<Blob> blob = blobs.open(layer);
            if (blob.isEmpty()) {
                return null;
            }
            try (Blob open = blob.get()) {
                Contents.list(
                        new BlobStream(open),
                        LayerIndex.LIMITS,
                        found -> files.add(new FileInside(found.path(), found.size(), found.digest())));
            }
        } catch (IOException e) {
            return "Its bytes cannot be read (" + e.getMessage() + ").";
        }
        return rows.equals(files) ? null : "The rows name other files than stand in the layer's bytes.";
    }

    private Finding finding(String layer, String code, String what) {
        return new Finding(room(), "file_inside", layer, null, code, what);
    }
}
