package dev.waybill.server.evidence;

import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.registry.Manifest;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One statement as an OCI referrer, the way cosign 3 writes and finds it (cosign BUNDLE_SPEC.md): an image manifest whose
 * artifactType and only layer are a sigstore bundle, with the empty configuration and the artifact as its subject. The bundle
 * carries the proof under the first checkpoint that covers the entry, so its bytes follow from the ledger alone.
 */
final class StatementReferrers {
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final ActorName SERVER = new ActorName("server");

    private final Database database;
    private final Ledger ledger;
    private final Artifacts artifacts;
    private final Registry registry;

    StatementReferrers(Database database, Ledger ledger, Artifacts artifacts, Registry registry) {
        this.database = database;
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.registry = registry;
    }

    /** What the referrer points at: the artifact's manifest in the application's repository. */
    private record About(ApplicationName repository, Manifest manifest) {}

    /** Stores it beside each artifact that it is about and the registry has; false if there was nothing to store. */
    boolean store(Entry entry) throws IOException {
        if (!Shown.TYPES.contains(entry.statement().predicateType())) {
            return false;
        }
        List<About> subjects = database.read(tx -> subjects(tx, entry));
        if (subjects.isEmpty()) {
            return false;
        }
        byte[] bundle = BundleWriter.write(
                ledger.proveFirst(entry.id()), ledger.keys().log().verifier());
        for (About about : subjects) {
            store(entry, about, bundle);
        }
        return true;
    }

    private List<About> subjects(Tx tx, Entry entry) {
        return entry.statement().subject().stream()
                .map(Subject::sha256)
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(digest -> artifacts.find(tx, digest).stream())
                .flatMap(artifact -> about(tx, artifact).stream())
                .toList();
    }

    private Optional<About> about(Tx tx, Artifact artifact) {
        return registry.manifests()
                .find(tx, artifact.application(), new Reference.ByDigest(artifact.digest()))
                .map(manifest -> new About(artifact.application(), manifest));
    }

    private void store(Entry entry, About about, byte[] bundle) throws IOException {
        registry.contents().put(about.repository(), Digest.sha256(EMPTY), EMPTY);
        registry.contents().put(about.repository(), Digest.sha256(bundle), bundle);
        registry.manifests()
                .put(
                        new Manifests.Push(about.repository(), null, IMAGE, List.of(), SERVER),
                        manifest(entry, about.manifest(), bundle));
    }

    private static byte[] manifest(Entry entry, Manifest subject, byte[] bundle) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2).put("mediaType", IMAGE).put("artifactType", Bundle.MEDIA_TYPE);
        descriptor(json.putObject("config"), EMPTY_TYPE, EMPTY);
        descriptor(json.putArray("layers").addObject(), Bundle.MEDIA_TYPE, bundle);
        json.putObject("subject")
                .put("mediaType", subject.mediaType())
                .put("digest", subject.digest().toString())
                .put("size", subject.size());
        json.putObject("annotations")
                .put("dev.sigstore.bundle.content", "dsse-envelope")
                .put("dev.sigstore.bundle.predicateType", entry.statement().predicateType())
                .put("org.opencontainers.image.created", entry.at().toString());
        return Json.write(json);
    }

    private static void descriptor(ObjectNode json, String mediaType, byte[] content) {
        json.put("mediaType", mediaType)
                .put("digest", Digest.sha256(content).toString())
                .put("size", content.length);
    }
}
