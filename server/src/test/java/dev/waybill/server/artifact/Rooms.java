package dev.waybill.server.artifact;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.FileBlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.layer.LayerIndex;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.tag.LedgerTagFacts;
import dev.waybill.server.tag.TagRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Floor, registry and the artifact room on a real database and real files, wired as the server wires them. */
public final class Rooms {
    public static final ApplicationName SHOP = new ApplicationName("shop");
    public static final ActorName PACKER = new ActorName("packer");

    public final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
    public final Database database;
    public final BlobStore blobs;
    public final Ledger ledger;
    public final LayerIndex layers;
    public final Registry registry;
    public final Keeps keeps = new SqlKeeps();
    public final Artifacts artifacts;
    final Pullable pullable;

    public Rooms(TestDatabases.Place place, Path data) {
        try {
            this.database = place.open();
            this.blobs = new FileBlobStore(data.resolve("blobs"));
            this.ledger = FileLedger.open(database, data, null, clock);
            this.layers = new LayerIndex(database, blobs);
            Registrations registrations = new Registrations(database, ledger, blobs, layers, clock);
            this.pullable = new Pullable(ledger, blobs, ReleaseLookup.NONE, clock);
            Hooks hooks = new Hooks(
                    TagRules.DEFAULT, new LedgerTagFacts(ledger), registrations, keeps::isKept, pullable::mayPull);
            this.registry = new Registry(database, blobs, hooks, clock);
            this.artifacts = new Artifacts(database, registry, registrations, ReleaseLookup.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static CommitId commit(char digit) {
        return new CommitId(String.valueOf(digit).repeat(40));
    }

    /** Pushes a packed artifact of one file and returns the manifest's digest. */
    public Digest push(ApplicationName application, byte[] file, String... tags) {
        return push(application, file, Json.write(Json.object()), tags);
    }

    public Digest push(ApplicationName application, byte[] file, byte[] config, String... tags) {
        try {
            Digest layer = Digest.sha256(file);
            registry.contents().put(application, layer, file);
            registry.contents().put(application, Digest.sha256(config), config);
            ObjectNode manifest = Json.object();
            manifest.put("schemaVersion", 2)
                    .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
                    .put("artifactType", "application/vnd.waybill.jar.v1");
            manifest.putObject("config")
                    .put("mediaType", "application/vnd.waybill.config.v1+json")
                    .put("digest", Digest.sha256(config).toString())
                    .put("size", config.length);
            ObjectNode descriptor = manifest.putArray("layers").addObject();
            descriptor
                    .put("mediaType", "application/java-archive")
                    .put("digest", layer.toString())
                    .put("size", file.length);
            descriptor.putObject("annotations").put("org.opencontainers.image.title", "shop.jar");
            List<Version> names = Stream.of(tags).map(Version::new).toList();
            return registry.manifests()
                    .put(new Manifests.Push(application, null, null, names, PACKER), Json.write(manifest))
                    .digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static RegistrationRequest request(ApplicationName application, CommitId commit, Digest digest) {
        return request(application, commit, digest, null);
    }

    public static RegistrationRequest request(
            ApplicationName application, CommitId commit, Digest digest, @Nullable Provenance provenance) {
        return new RegistrationRequest(
                application,
                commit,
                digest,
                "https://git.example.com/shop.git",
                new Person("Packer", "packer@example.com"),
                null,
                List.of(),
                "build",
                provenance);
    }

    public ArtifactInfo register(CommitId commit, Digest digest) {
        try {
            return artifacts.register(request(SHOP, commit, digest), PACKER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> T reading(Database.Work<T> work) {
        return database.read(work);
    }

    public void close() {
        layers.close();
        database.close();
    }
}
