package dev.waybill.server.artifact;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares each artifact's row with its registration, each registration with its row, and the parts with what the
 * manifests' own bytes say. Parts of an artifact whose bytes were never promoted and are gone are past comparing.
 */
public final class ArtifactAudit implements RowAudit {
    private static final int PAGE = 500;

    private final BlobStore blobs;
    private final ArtifactStore store = new SqlArtifactStore();

    public ArtifactAudit(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public String room() {
        return "artifact";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        for (ArtifactStore.Count application : store.applications(tx)) {
            long before = Long.MAX_VALUE;
            List<Artifact> page;
            do {
                page = store.newest(tx, application.application(), before, PAGE);
                for (Artifact row : page) {
                    before = row.index();
                    checkRow(tx, ledger, row, findings);
                    checkParts(tx, row, findings);
                }
            } while (page.size() == PAGE);
        }
        checkStatements(tx, ledger, findings);
        return findings;
    }

    private void checkRow(Tx tx, Ledger ledger, Artifact row, List<Finding> findings) {
        Optional<Entry> entry = ledger.find(tx, row.statement());
        if (entry.isEmpty()) {
            findings.add(
                    finding(row.digest(), null, "STATEMENT_MISSING", "The ledger has no " + row.statement() + "."));
            return;
        }
        Entry said = entry.get();
        boolean agrees = said.index() == row.index()
                && said.statement().predicateType().equals(PredicateTypes.REGISTRATION)
                && said.statement().isAbout(row.digest())
                && said.statement()
                        .predicate(Registration.class, PredicateTypes.REGISTRATION)
                        .equals(row.registration())
                && isFoundByItsKey(tx, row);
        if (!agrees) {
            findings.add(finding(
                    row.digest(), said.index(), "ROW_DIFFERS", "The row says something else than the registration."));
        }
    }

    private void checkParts(Tx tx, Artifact row, List<Finding> findings) {
        try {
            Optional<Blob> manifest = blobs.open(row.digest());
            if (manifest.isEmpty()) {
                return;
            }
            manifest.get().close();
            Set<Part> expected = Set.copyOf(Anatomy.read(blobs, row.digest()).parts());
            if (!expected.equals(Set.copyOf(store.parts(tx, row.digest())))) {
                findings.add(parts(row, "ROW_DIFFERS", "The rows name other parts than its manifests do."));
            }
        } catch (ProblemException e) {
            findings.add(parts(row, e.problem().code(), e.problem().sentence()));
        } catch (IOException e) {
            findings.add(parts(row, "ROW_UNREADABLE", e.getMessage() + "."));
        }
    }

    private static Finding parts(Artifact row, String code, String what) {
        return new Finding("artifact", "artifact_part", row.digest().toString(), row.index(), code, what);
    }

    /** The key of law 2 stands in columns of its own, beside the registration that is compared whole. */
    private boolean isFoundByItsKey(Tx tx, Artifact row) {
        return store.byCommit(
                        tx, row.registration().application(), row.registration().commit())
                .filter(found -> found.digest().equals(row.digest()))
                .isPresent();
    }

    private void checkStatements(Tx tx, Ledger ledger, List<Finding> findings) {
        long index = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.REGISTRATION, index, PAGE);
            for (Entry entry : page) {
                index = entry.index();
                Optional<Digest> digest = entry.statement().subject().stream()
                        .map(Subject::sha256)
                        .flatMap(Optional::stream)
                        .findFirst();
                boolean shown = digest.flatMap(d -> store.byDigest(tx, d))
                        .filter(row -> row.statement().equals(entry.id()))
                        .isPresent();
                if (!shown) {
                    findings.add(finding(
                            digest.orElse(entry.id()), index, "ROW_MISSING", "No row shows this registration."));
                }
            }
        } while (page.size() == PAGE);
    }

    private static Finding finding(Digest digest, @Nullable Long index, String code, String what) {
        return new Finding("artifact", "artifact", digest.toString(), index, code, what);
    }
}
