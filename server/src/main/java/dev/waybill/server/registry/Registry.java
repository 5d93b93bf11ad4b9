package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Remembered;
import dev.waybill.server.quota.OpenUploads;
import dev.waybill.server.quota.Quotas;
import dev.waybill.server.tag.Tags;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The registry's parts, put together; what rooms above use in process and what the handlers serve. */
public final class Registry {
    private static final int REPOSITORIES = 1000;

    private final Contents contents;
    private final Manifests manifests;
    private final Tags tags;
    private final Referrers referrers;
    private final Pulls pulls;
    private final Database database;
    private final Hooks.Warnings warnings;
    private final Quotas quotas;
    private final OpenUploads uploads;

    public Registry(Database database, BlobStore blobs, Hooks hooks, Clock clock) {
        ManifestStore manifestStore = new SqlManifestStore();
        ContentStore contentStore = new SqlContentStore();
        this.tags = new Tags(database, hooks.rules(), hooks.facts(), hooks.commits(), clock);
        Remembered<ApplicationName, Long> bytes = new Remembered<>(database, REPOSITORIES);
        this.quotas = new Quotas(
                hooks.limits().quotas(),
                name -> bytes.get(name, () -> Optional.of(database.read(tx -> manifestStore.bytes(tx, name))))
                        .orElseThrow());
        this.uploads = new OpenUploads(blobs, hooks.limits().uploads());
        Guard guard = new Guard(manifestStore, tags, hooks.keeps());
        this.contents = new Contents(
                database,
                blobs,
                contentStore,
                new Contents.Rules(guard, hooks.tombstones(), hooks.inUse(), clock),
                new Contents.Room(quotas, uploads));
        this.manifests = new Manifests(
                new Manifests.Stores(database, blobs, manifestStore, contentStore),
                tags,
                new Manifests.Rules(hooks.rules(), guard, hooks.tombstones(), hooks.inUse(), clock),
                quotas);
        this.referrers = new Referrers(database, manifestStore);
        this.database = database;
        this.warnings = hooks.warnings();
        this.pulls = new Pulls(database, blobs, manifestStore, tags, hooks.pulls());
    }

    public Contents contents() {
        return contents;
    }

    public Manifests manifests() {
        return manifests;
    }

    public Tags tags() {
        return tags;
    }

    public Pulls pulls() {
        return pulls;
    }

    /** What applications may hold, and do. */
    public Quotas quotas() {
        return quotas;
    }

    /** What is on its way. */
    public OpenUploads uploads() {
        return uploads;
    }

    /** What whoever pulls this manifest should know of it. */
    public List<String> warnings(ApplicationName repository, Digest digest) {
        return database.read(tx -> warnings.about(tx, repository, digest));
    }

    /** A memory for answers about it. */
    public <K, V> Remembered<K, V> remembered(int most) {
        return new Remembered<>(database, most);
    }

    public Referrers referrers() {
        return referrers;
    }
}
