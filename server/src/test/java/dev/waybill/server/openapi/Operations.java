package dev.waybill.server.openapi;

import dev.waybill.api.artifact.ApplicationInfo;
import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.FileFound;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.artifact.TagRequest;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.api.identity.ServerInfo;
import dev.waybill.api.identity.TokenInfo;
import dev.waybill.api.identity.TokenMade;
import dev.waybill.api.identity.TokenRequest;
import dev.waybill.api.identity.WhoAmI;
import dev.waybill.api.ledger.LedgerEntries;
import dev.waybill.api.registry.CopyRequest;
import dev.waybill.api.registry.CopyView;
import dev.waybill.api.registry.RepositoryListing;
import dev.waybill.api.registry.RestoreRequest;
import dev.waybill.api.registry.StorageView;
import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.api.registry.WhyKept;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.server.ledger.LedgerVerify;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Every route that is no page, by hand where it cannot be reflected; the path is written as in the route table. */
final class Operations {
    static final String APPLICATION = "/api/v1/applications/";

    private final List<Operation> all = new ArrayList<>();

    private Operations() {}

    static List<Operation> all() {
        Operations operations = new Operations();
        operations.server();
        operations.ledger();
        operations.storage();
        operations.artifacts();
        operations.evidence();
        DeliveryOperations.addTo(operations);
        operations.registry();
        operations.moving();
        return operations.all;
    }

    Operation get(String path, String tag, String summary) {
        return add("GET", path, tag, summary);
    }

    Operation post(String path, String tag, String summary) {
        return add("POST", path, tag, summary);
    }

    Operation add(String method, String path, String tag, String summary) {
        Operation operation = new Operation(method, path, tag, summary);
        all.add(operation);
        return operation;
    }

    private void server() {
        get("/api/openapi.yaml", "server", "This description").sends("application/yaml", "OpenAPI 3.1");
        get("/api/v1/server", "server", "Who answers").answers(ServerInfo.class, "Version, ledger origin and database");
        get("/api/v1/whoami", "server", "Who the caller is").answers(WhoAmI.class, "The token's actor and grants");
        get("/api/v1/tokens", "server", "List the tokens").lists(TokenInfo.class, "Without their texts");
        post("/api/v1/tokens", "server", "Make a token")
                .takes(TokenRequest.class)
                .answers(201, TokenMade.class, "The only answer that ever holds the token's text");
        add("DELETE", "/api/v1/tokens/{id}", "server", "Revoke a token")
                .says(204)
                .refuses(404, "TOKEN_UNKNOWN");
    }

    private void ledger() {
        get("/ledger/checkpoint", "ledger", "The newest checkpoint")
                .sends("text/plain", "A signed note (C2SP tlog-checkpoint)")
                .refuses(404, "TILE_UNKNOWN: none is published yet");
        get("/ledger/tile/<path>", "ledger", "A tile or a bundle of entries")
                .sends("application/octet-stream", "As C2SP tlog-tiles lays it out; never changes")
                .refuses(404, "TILE_UNKNOWN");
        get("/api/v1/statements/{id}", "ledger", "A statement with its inclusion proof")
                .sends("application/vnd.dev.sigstore.bundle.v0.3+json", "A sigstore bundle that stock cosign verifies")
                .refuses(404, "STATEMENT_UNKNOWN");
        get("/api/v1/ledger/trust", "ledger", "Whom to trust")
                .query("format", String.class, "waybill (when left out), sigstore, vkey or pem")
                .query("role", KeyRole.class, "With format=pem: which of the server's keys; record when left out")
                .answers(TrustRoot.class, "Waybill's trust file, or a sigstore trusted root")
                .sends("text/plain", "format=vkey: the key of the log")
                .sends("application/x-pem-file", "format=pem: one key of the server")
                .refuses(404, "KEY_UNKNOWN");
        get("/api/v1/ledger/entries", "ledger", "Entries after an index")
                .query("after", Long.class, "The last index already known; -1, or left out, begins at the start")
                .query("limit", Long.class, "How many at most, 1 to 1000; 100 when left out")
                .query("wait", Long.class, "Seconds to wait for the first new entry, at most 60")
                .answers(LedgerEntries.class, "Oldest first");
        post("/api/v1/ledger/verify", "ledger", "Check every row against its statement and everything that derives")
                .answers(LedgerVerify.Report.class, "What does not agree; an empty list when all does");
    }

    private void storage() {
        get("/api/v1/registry/why/{digest}", "registry", "Why a digest is kept, or not")
                .answers(WhyKept.class, "In each repository that the caller may read")
                .refuses(404, "DIGEST_UNKNOWN");
        get("/api/v1/registry/storage", "registry", "What uses the disk")
                .answers(StorageView.class, "Repositories that the caller may read, and the sums over these");
        post("/api/v1/registry/collections", "registry", "Take out what nothing keeps")
                .takes(SweepRequest.class)
                .answers(Sweep.class, "What went, or would go")
                .refuses(409, "COLLECTION_RUNNING");
        post("/api/v1/registry/restored", "registry", "Bring back a manifest that was taken out")
                .takes(RestoreRequest.class)
                .says(204)
                .refuses(404, "MANIFEST_UNKNOWN")
                .refuses(409, "NOT_AWAY: it is there")
                .refuses(422, "GONE: its time is over");
    }

    private void moving() {
        get("/api/v1/registry/repositories/<application>/manifests", "registry", "Every manifest of a repository")
                .query("after", Digest.class, "The digest behind which the page begins; left out, the start")
                .answers(RepositoryListing.class, "By digest, at most 500, each with its tags")
                .refuses(404, "NAME_UNKNOWN");
        post("/api/v1/registry/copies", "registry", "Record where a manifest was copied from, as a claim")
                .takes(CopyRequest.class)
                .answers(CopyView.class, "As it stands in the ledger; the same said again is the same claim")
                .refuses(400, "COPY_INVALID")
                .refuses(404, "MANIFEST_UNKNOWN");
    }

    private void artifacts() {
        post("/api/v1/registrations", "artifacts", "Register the artifact of a commit")
                .takes(RegistrationRequest.class)
                .answers(ArtifactInfo.class, "The same artifact was registered before")
                .answers(201, ArtifactInfo.class, "Registered now")
                .refuses(404, "MANIFEST_UNKNOWN: push it first")
                .refuses(422, "COMMIT_HAS_ARTIFACT (law 2), ARTIFACT_HAS_COMMIT, ARTIFACT_INCOMPLETE and others");
        post("/api/v1/tags", "artifacts", "Give a version to a digest")
                .takes(TagRequest.class)
                .answers(ArtifactInfo.class, "The artifact with its versions")
                .refuses(404, "What the reference means is unknown")
                .refuses(409, "TAG_BUSY")
                .refuses(422, "TAG_IMMUTABLE, TAG_RETIRED");
        get("/api/v1/applications", "artifacts", "Applications that the caller may read")
                .lists(ApplicationInfo.class, "Each with its newest artifact");
        get(APPLICATION + "<application>/commits/{commit}", "artifacts", "The artifact of a commit")
                .answers(ArtifactInfo.class, "The one artifact")
                .refuses(404, "ARTIFACT_UNKNOWN");
        get(APPLICATION + "<application>/artifacts", "artifacts", "An application's artifacts, newest first")
                .query("after", Long.class, "The index of the last one already seen")
                .query("limit", Long.class, "How many at most, 1 to 500; 50 when left out")
                .lists(ArtifactInfo.class, "A page");
        get("/api/v1/resolve", "artifacts", "What a reference means now")
                .must("ref", String.class, "DIGEST, APP@COMMIT (7 digits or more), APP:VERSION, ENV/APP or ENV/APP#N")
                .answers(Resolved.class, "The digest and what else it is called")
                .refuses(404, "Nothing is called so");
        get("/api/v1/files/{sha256}", "artifacts", "Which artifacts hold a file")
                .lists(FileFound.class, "Those that the caller may read; none when no artifact holds it");
    }

    private void evidence() {
        post("/api/v1/evidence/tests", "evidence", "Attest a test run")
                .takes(TestRequest.class)
                .answers(201, EvidenceInfo.class, "The statement that was logged, as the server recounted the run")
                .refuses(404, "REPORT_MISSING, OBSERVATION_UNKNOWN or an unknown artifact")
                .refuses(422, "TESTED_OTHER_BYTES, TARGET_CHANGED, REPORT_REJECTED and others");
        post("/api/v1/evidence/documents", "evidence", "Attest a bill of material, a scan or another document")
                .takes(EvidenceRequest.class)
                .answers(201, EvidenceInfo.class, "The statement that was logged")
                .refuses(404, "REPORT_MISSING or an unknown artifact")
                .refuses(422, "REPORT_REJECTED");
        get("/api/v1/artifacts/{digest}/evidence", "evidence", "Everything stated about an artifact")
                .lists(EvidenceInfo.class, "In the ledger's order")
                .refuses(404, "The digest is no registered artifact");
    }

    private void registry() {
        get("/v2/", "registry", "The registry: every path of the OCI distribution specification is below /v2/")
                .answers(JsonNode.class, "The registry is there and the caller may use it");
    }
}
