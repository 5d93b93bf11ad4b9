package dev.waybill.server.layer;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.compare.contents.Contents;
import dev.waybill.compare.contents.Found;
import dev.waybill.compare.contents.Limits;
import dev.waybill.compare.contents.Listing;
import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.loop.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Indexes the files inside each distinct layer, one layer at a time, in the background. At most {@value #MAX_FILES} files
 * and 4 GiB of unpacked bytes of a layer are read, and one archive inside each file is opened; beyond, the index of that
 * layer says that it was capped. The queue stands in SQL, memory holds {@value #CHUNK} rows.
 */
public final class LayerIndex implements AutoCloseable {
    static final int MAX_FILES = 50_000;

    private static final int CHUNK = 1000;
    static final Limits LIMITS = new Limits(MAX_FILES, 4L * 1024 * 1024 * 1024, 250, 1);
    private static final Logger LOG = Logger.getLogger(LayerIndex.class.getName());

    private final Database database;
    private final BlobStore blobs;
    private final LayerStore store = new SqlLayerStore();
    private final Semaphore work = new Semaphore(0);
    private final Loop loop = new Loop("layer-index", this::turn);

    public LayerIndex(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    /** Goes on where the last run stopped, until closed. */
    public void start() {
        database.change(store::retryBroken);
        work.release();
        loop.start();
    }

    private void turn() throws InterruptedException {
        work.acquire();
        work.drainPermits();
        try {
            while (!loop.isClosed() && indexNext()) {
                // one layer after the other
            }
        } catch (RuntimeException | VirtualMachineError e) {
            // Something failed that may be gone in a moment, such as memory or the way to the database: what waits is
            // tried again.
            work.release();
            throw e;
        }
    }

    /** Lets these layers wait for their turn; those that are known already stay as they are. */
    public void enqueue(Tx tx, List<Digest> layers) {
        layers.forEach(layer -> store.enqueue(tx, layer));
        tx.afterCommit(work::release);
    }

    /** Indexes one layer that waits; false when none does. */
    public boolean indexNext() {
        Optional<Digest> next = database.read(store::waiting);
        if (next.isEmpty()) {
            return false;
        }
        Digest layer = next.get();
        try {
            Ended ended = index(layer);
            database.change(tx -> store.finish(tx, layer, ended.state(), ended.detail()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The layer " + layer + " cannot be read for the index of files", e);
            database.change(tx -> store.finish(tx, layer, LayerStore.State.BROKEN, String.valueOf(e.getMessage())));
        }
        return true;
    }

    private record Ended(LayerStore.State state, String detail) {}

    private Ended index(Digest layer) throws IOException {
        Optional<Blob> blob = blobs.open(layer);
        if (blob.isEmpty()) {
            // A foreign layer lies elsewhere; there is nothing to read here.
            return new Ended(LayerStore.State.UNREADABLE, "Its bytes are not here.");
        }
        try (Blob open = blob.get()) {
            Chunks chunks = new Chunks(layer);
            Listing listing = Contents.list(new BlobStream(open), LIMITS, chunks::add);
            chunks.flush();
            return switch (listing.outcome()) {
                case COMPLETE, PLAIN -> new Ended(LayerStore.State.DONE, listing.detail());
                case CAPPED -> new Ended(LayerStore.State.CAPPED, listing.detail());
                case UNREADABLE -> new Ended(LayerStore.State.UNREADABLE, listing.detail());
            };
        }
    }

    /** A file, and the layer where it stands. */
    public record Hit(Digest layer, FileInside file) {}

    /** Files in this layer index with that sha256. */
    public List<Hit> find(Tx tx, Digest sha256, int limit) {
        return store.find(tx, sha256, limit);
    }

    /** Writes rows in small transactions, so that nobody waits for a large layer. */
    private final class Chunks {
        private final Digest layer;
        private final List<FileInside> waiting = new ArrayList<>();
        private int written;

        Chunks(Digest layer) {
            this.layer = layer;
        }

        void add(Found found) {
            waiting.add(new FileInside(found.path(), found.size(), found.digest()));
            if (waiting.size() >= CHUNK) {
                flush();
            }
        }

        void flush() {
            database.change(tx -> store.add(tx, layer, written, waiting));
            written += waiting.size();
            waiting.clear();
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
