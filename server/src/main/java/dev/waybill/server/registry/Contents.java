package dev.waybill.server.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.blob.Upload;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.quota.OpenUploads;
import dev.waybill.server.quota.Quotas;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** Blobs as a repository shows them: only what is linked there exists there. */
public final class Contents {
    /** For so long after it was pushed, mounted or asked for a blob stays although nothing refers to it yet. */
    public static final Duration LEASE = Duration.ofHours(24);

    /** A lease is renewed when it is so old: a client that asks for a blob again and again makes one row dirty once an hour. */
    private static final Duration RENEWED = Duration.ofHours(1);

    /** An upload that nobody touched for so long is over. */
    private static final Duration ABANDONED = Duration.ofDays(7);

    private static final int MOUNT_CANDIDATES = 100;

    private final Database database;
    private final BlobStore blobs;
    private final ContentStore store;
    private final Rules rules;
    private final Room room;

    /** What may be taken out, and what has to be minded. */
    record Rules(Guard guard, Tombstones tombstones, InUse inUse, Clock clock) {}

    /** How much may be held and be on its way. */
    record Room(Quotas quotas, OpenUploads uploads) {}

    Contents(Database database, BlobStore blobs, ContentStore store, Rules rules, Room room) {
        this.database = database;
        this.blobs = blobs;
        this.store = store;
        this.rules = rules;
        this.room = room;
    }

    /** Opens a blob that is linked in the repository; {@code BLOB_DAMAGED} when its file has another length than was recorded. */
    public Optional<Blob> open(ApplicationName repository, Digest digest) throws IOException {
        Optional<ContentStore.Stored> stored = database.read(tx -> store.find(tx, repository, digest));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Optional<Blob> blob = blobs.open(digest);
        if (blob.isPresent() && blob.get().size() != stored.get().size()) {
            blob.get().close();
            throw damaged(digest);
        }
        return blob;
    }

    /** True if it is linked there, whatever became of its bytes. */
    public boolean isLinked(ApplicationName repository, Digest digest) {
        return database.read(tx -> store.find(tx, repository, digest)).isPresent();
    }

    static RuntimeException damaged(Digest digest) {
        return new Problem.Unavailable(
                        "BLOB_DAMAGED",
                        "Reading " + digest,
                        "its file does not have the recorded length.",
                        "Push the same bytes again, which repairs it, or restore it from a backup.")
                .exception();
    }

    /**
     * {@code BLOB_UNKNOWN} for a blob that cannot be opened here, saying what became of it: it was never there, it was taken
     * out and may come back, or its bytes were found damaged and a push heals it.
     */
    public ProblemException unknown(ApplicationName repository, Digest digest) {
        String what = "the blob " + digest + " in " + repository;
        if (isLinked(repository, digest)) {
            return lost(
                    "BLOB_UNKNOWN", what, "Push the same bytes again, which heals it, or restore them from a backup.");
        }
        return database.read(tx -> rules.tombstones().find(tx, repository, digest, Tombstones.Kind.BLOB))
                .map(was -> was.unknown("BLOB_UNKNOWN", rules.clock().instant()))
                .orElseGet(() -> new Problem.NotFound(
                                "BLOB_UNKNOWN",
                                "Finding " + what,
                                "there is none.",
                                "Push it to this repository first.")
                        .exception());
    }

    static ProblemException lost(String code, String what, String next) {
        return new Problem.NotFound(
                        code,
                        "Finding " + what,
                        "its bytes were damaged or lost and are not on the disk any more.",
                        next)
                .exception();
    }

    /**
     * Its size, if it is linked and its file has that length: a damaged one counts as absent, so that a push repairs it. Whoever
     * is told that it is there will refer to it next, so from now on it stays for {@link #LEASE}, less an hour at most, even if
     * nothing does yet.
     */
    public OptionalLong size(ApplicationName repository, Digest digest) throws IOException {
        Optional<ContentStore.Stored> stored = database.read(tx -> store.find(tx, repository, digest));
        if (stored.isEmpty() || !isWhole(digest, stored.get().size())) {
            return OptionalLong.empty();
        }
        Instant now = rules.clock().instant();
        boolean leased = stored.get().at().isAfter(now.minus(RENEWED))
                || database.write(tx -> store.lease(tx, repository, digest, now));
        return leased ? OptionalLong.of(stored.get().size()) : OptionalLong.empty();
    }

    private boolean isWhole(Digest digest, long size) throws IOException {
        return isWhole(blobs, digest, size);
    }

    /** True if its file is there with that length. */
    static boolean isWhole(BlobStore blobs, Digest digest, long size) throws IOException {
        Optional<Blob> blob = blobs.open(digest);
        if (blob.isEmpty()) {
            return false;
        }
        try (Blob open = blob.get()) {
            return open.size() == size;
        }
    }

    /** Starts an upload that belongs to this repository; {@code UPLOADS_TOO_MANY} when the account has as many as it may. */
    public Upload begin(ApplicationName repository, ActorName by) throws IOException {
        return room.uploads().begin(repository.value(), by, rules.clock().instant());
    }

    /** The open upload of that id; {@code BLOB_UPLOAD_UNKNOWN} when there is none or it belongs to another repository. */
    public Upload upload(ApplicationName repository, String id) throws IOException {
        boolean own = OpenUploads.repository(id).equals(OpenUploads.mark(repository.value()));
        Optional<Upload> upload = own ? room.uploads().resume(id) : Optional.empty();
        return upload.orElseThrow(() -> new Problem.NotFound(
                        "BLOB_UPLOAD_UNKNOWN",
                        "Finding an upload to " + repository,
                        "there is none of that id.",
                        "Start another upload.")
                .exception());
    }

    /**
     * Which repositories receive something still: an upload there was touched since then. A push may take longer than the
     * lease of its first blob; until its manifest comes nothing else says that it is needed.
     */
    public Predicate<ApplicationName> receiving(Instant since) throws IOException {
        Set<String> marks = new HashSet<>();
        for (BlobStore.Open upload : blobs.uploads()) {
            if (upload.touched().isAfter(since)) {
                marks.add(OpenUploads.repository(upload.id()));
            }
        }
        return repository -> marks.contains(OpenUploads.mark(repository.value()));
    }

    /** Ends uploads that nobody goes on with; returns how many. */
    public int discardAbandoned() throws IOException {
        Instant since = rules.clock().instant().minus(ABANDONED);
        int ended = 0;
        for (BlobStore.Open open : blobs.uploads()) {
            Optional<Upload> upload =
                    open.touched().isBefore(since) ? room.uploads().resume(open.id()) : Optional.empty();
            if (upload.isPresent()) {
                upload.get().discard();
                ended++;
            }
        }
        return ended;
    }

    /**
     * Refuses a blob for which there is no room before more of it is sent; {@code QUOTA_EXCEEDED} ends the upload, for what was
     * sent is of no use then.
     *
     * @param more bytes that are announced
     */
    public void requireRoom(ApplicationName repository, Upload upload, Digest digest, long more) throws IOException {
        admit(repository, upload, digest, upload.received() + more).close();
    }

    private Quotas.Admitted admit(ApplicationName repository, Upload upload, Digest digest, long bytes)
            throws IOException {
        try {
            return admit(repository, digest, bytes);
        } catch (ProblemException e) {
            upload.discard();
            throw e;
        }
    }

    private Quotas.Admitted admit(ApplicationName repository, Digest digest, long bytes) {
        return room.quotas().admit(repository, digest, bytes, () -> isLinked(repository, digest));
    }

    /** Makes the upload a blob of the repository: durable first, linked then; {@code QUOTA_EXCEEDED}. Returns its size. */
    public long finish(ApplicationName repository, Upload upload, Digest digest) throws IOException {
        try (Quotas.Admitted _ = admit(repository, upload, digest, upload.received());
                InUse.Held _ = rules.inUse().pushing(digest)) {
            long size = upload.finish(digest);
            link(repository, digest, size);
            return size;
        }
    }

    /** Stores a small blob of the server's own: it counts, and no quota refuses it. */
    public void put(ApplicationName repository, Digest digest, byte[] bytes) throws IOException {
        try (InUse.Held _ = rules.inUse().pushing(digest)) {
            blobs.put(digest, bytes);
            link(repository, digest, bytes.length);
        }
    }

    private void link(ApplicationName repository, Digest digest, long size) {
        database.change(tx -> link(tx, repository, digest, size));
    }

    private void link(Tx tx, ApplicationName repository, Digest digest, long size) {
        store.link(
                tx,
                repository,
                new ContentStore.Stored(digest, size, rules.clock().instant()));
        rules.tombstones().lift(tx, repository, digest, Tombstones.Kind.BLOB);
    }

    /** Links a blob that some repository which the caller may read has; false if there is none. */
    public boolean mount(ApplicationName into, Digest digest, Predicate<ApplicationName> mayRead) throws IOException {
        List<ApplicationName> holders = database.read(tx -> store.holders(tx, digest, MOUNT_CANDIDATES));
        for (ApplicationName from : holders) {
            if (mayRead.test(from) && mount(into, digest, from)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Links a blob that the other repository has; false if it has not; {@code QUOTA_EXCEEDED}. The caller has checked that it may
     * be read there.
     */
    public boolean mount(ApplicationName into, Digest digest, ApplicationName from) throws IOException {
        OptionalLong size = size(from, digest);
        if (size.isEmpty()) {
            return false;
        }
        // Asked again inside: between the look and the link the other repository may have let it go.
        try (Quotas.Admitted _ = admit(into, digest, size.getAsLong())) {
            return database.write(tx -> {
                if (store.find(tx, from, digest).isEmpty()) {
                    return false;
                }
                link(tx, into, digest, size.getAsLong());
                return true;
            });
        }
    }

    /** Unlinks a blob here; {@code KEPT} when something that is kept consists of it. False if it is not linked. */
    public boolean delete(ApplicationName repository, Digest digest, ActorName by) {
        return database.write(tx -> {
            rules.guard().requireDeletable(tx, repository, digest);
            return take(
                    tx,
                    repository,
                    digest,
                    rules.tombstones().removal(rules.clock().instant(), by, "deleted"));
        });
    }

    /** Takes a blob out of a repository, in a transaction that has made sure that it may go. False if it is not linked. */
    public boolean take(Tx tx, ApplicationName repository, Digest digest, Tombstones.Removal removal) {
        Optional<ContentStore.Stored> stored = store.find(tx, repository, digest);
        if (stored.isEmpty()) {
            return false;
        }
        rules.tombstones()
                .put(
                        tx,
                        new Tombstones.Tombstone(
                                repository,
                                digest,
                                Tombstones.Kind.BLOB,
                                null,
                                stored.get().size(),
                                removal,
                                null));
        return store.unlink(tx, repository, digest);
    }

    /** Brings a blob back that was taken out; false when its time is over and it is not linked either. */
    public boolean restore(Tx tx, ApplicationName repository, Digest digest) {
        if (store.find(tx, repository, digest).isPresent()) {
            return true;
        }
        Optional<Tombstones.Tombstone> tombstone = rules.tombstones()
                .find(tx, repository, digest, Tombstones.Kind.BLOB)
                .filter(t -> t.isRestorable(rules.clock().instant()));
        tombstone.ifPresent(t -> link(tx, repository, digest, t.size()));
        return tombstone.isPresent();
    }

    /** True once something was pushed to the repository. */
    public boolean isOpen(ApplicationName repository) {
        return database.read(tx -> store.isOpen(tx, repository));
    }

    /** All repositories. */
    public List<ApplicationName> repositories() {
        return database.read(this::repositories);
    }

    /** All repositories, by name. */
    public List<ApplicationName> repositories(Tx tx) {
        return store.repositories(tx);
    }
}
