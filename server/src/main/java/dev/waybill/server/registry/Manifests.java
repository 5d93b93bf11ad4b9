package dev.waybill.server.registry;

import dev.waybill.api.oci.Document;
import dev.waybill.api.oci.Link;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.quota.Quotas;
import dev.waybill.server.tag.TagRules;
import dev.waybill.server.tag.Tags;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Manifests: exact bytes under their digest, listed per repository once everything they refer to is there. */
public final class Manifests {
    /** distribution-spec demands at least 4 megabytes; more is no manifest. In bytes. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private final Database database;
    private final BlobStore blobs;
    private final ManifestStore store;
    private final ContentStore contents;
    private final Tags tags;
    private final Rules rules;
    private final Quotas quotas;

    /** Where all of it lies. */
    record Stores(Database database, BlobStore blobs, ManifestStore manifests, ContentStore contents) {}

    /** What may be stored and deleted. */
    record Rules(TagRules tags, Guard guard, Tombstones tombstones, InUse inUse, Clock clock) {}

    Manifests(Stores stores, Tags tags, Rules rules, Quotas quotas) {
        this.database = stores.database();
        this.blobs = stores.blobs();
        this.store = stores.manifests();
        this.contents = stores.contents();
        this.tags = tags;
        this.rules = rules;
        this.quotas = quotas;
    }

    /**
     * A manifest to store.
     *
     * @param expected the digest that the caller named, null when only tags were named: sha256 then
     * @param mediaType as the Content-Type said, null when nothing did
     * @param tags all set, or none
     */
    public record Push(
            ApplicationName repository,
            @Nullable Digest expected,
            @Nullable String mediaType,
            List<Version> tags,
            ActorName by) {
        public Push {
            tags = List.copyOf(tags);
        }
    }

    /** As {@link #put}, for whoever pushes: {@code QUOTA_EXCEEDED} when the application may not hold so much. */
    public Manifest push(Push push, byte[] bytes) throws IOException {
        Digest digest = digest(push, bytes);
        try (Quotas.Admitted _ = quotas.admit(
                push.repository(),
                digest,
                bytes.length,
                () -> find(push.repository(), new Reference.ByDigest(digest)).isPresent())) {
            return put(push, bytes);
        }
    }

    /** Stores bytes, metadata, links, tags and facts; durable on return. Storing the same again repairs its bytes. */
    public Manifest put(Push push, byte[] bytes) throws IOException {
        Digest digest = digest(push, bytes);
        Document document = Document.parse(bytes, push.mediaType());
        Manifest manifest = new Manifest(
                digest,
                document.mediaType(),
                document.artifactType(),
                document.subject(),
                bytes.length,
                document.annotations(),
                new Manifest.Push(push.by(), rules.clock().instant()));
        // Refused before anything is written where possible; asked again inside the transaction.
        requireContentsNow(push.repository(), document);
        try (InUse.Held _ = rules.inUse().pushing(digest)) {
            blobs.put(digest, bytes);
            tags.settle(new Tags.Wish(push.repository(), push.tags(), digest, push.by()), tx -> {
                requireContents(tx, push.repository(), document);
                contents.open(tx, push.repository(), manifest.push().at());
                store.put(tx, push.repository(), manifest, document.links());
                rules.tombstones().lift(tx, push.repository(), digest, Tombstones.Kind.MANIFEST);
            });
        }
        return manifest;
    }

    /** What a manifest of that type refers to, in its own order; {@code MANIFEST_INVALID} when it is none. */
    public static List<Link> parse(byte[] bytes, @Nullable String mediaType) {
        return Document.parse(bytes, mediaType).links();
    }

    private static Digest digest(Push push, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new Problem.TooLarge(
                            "MANIFEST_TOO_LARGE",
                            "Storing a manifest",
                            "it has more than " + MAX_BYTES + " bytes.",
                            "Move what is large into blobs and refer to them.")
                    .exception();
        }
        Digest expected = push.expected();
        Digest.Algorithm algorithm = expected == null ? Digest.Algorithm.SHA256 : expected.algorithm();
        Digest actual = Digest.of(algorithm, algorithm.newMessageDigest().digest(bytes));
        if (expected != null && !expected.equals(actual)) {
            throw new Problem.Malformed(
                            "DIGEST_INVALID",
                            "Storing a manifest as " + expected,
                            "its bytes have the digest " + actual + ".",
                            "Push it under its own digest.")
                    .exception();
        }
        return actual;
    }

    private void requireContentsNow(ApplicationName repository, Document document) {
        this.database.<Boolean>read(tx -> {
            requireContents(tx, repository, document);
            return Boolean.TRUE;
        });
    }

    private void requireContents(Tx tx, ApplicationName repository, Document document) {
        for (Link link : document.links()) {
            switch (link.kind()) {
                case CONFIG, LAYER -> requireBlob(tx, repository, link);
                case MANIFEST -> requireMember(tx, repository, link);
                case FOREIGN -> {}
            }
        }
    }

    private void requireBlob(Tx tx, ApplicationName repository, Link link) {
        Optional<ContentStore.Stored> there = contents.find(tx, repository, link.digest());
        if (there.isPresent()) {
            requireSize(link, there.get().size());
        } else if (!rules.tags().floats(repository)) {
            throw missing(repository, link);
        }
    }

    /** In repositories for trying things a manifest may be sparse (image-spec permits it); an artifact is whole. */
    private void requireMember(Tx tx, ApplicationName repository, Link link) {
        Optional<Manifest> member = store.find(tx, repository, link.digest());
        if (member.isPresent()) {
            requireSize(link, member.get().size());
        } else if (!rules.tags().floats(repository)) {
            throw missing(repository, link);
        }
    }

    private static void requireSize(Link link, long actual) {
        if (link.size() != actual) {
            throw new Problem.Malformed(
                            "MANIFEST_INVALID",
                            "Storing a manifest",
                            "it says that " + link.digest() + " has " + link.size() + " bytes, but it has " + actual
                                    + ".",
                            "Correct the descriptor and push again.")
                    .exception();
        }
    }

    private static ProblemException missing(ApplicationName repository, Link link) {
        return new Problem.NotFound(
                        "MANIFEST_BLOB_UNKNOWN",
                        "Storing a manifest in " + repository,
                        "it refers to " + link.digest() + ", which is not there.",
                        "Push that first, to the same repository.")
                .exception();
    }

    /** The manifest that the reference names, if it is in the repository. */
    public Optional<Manifest> find(ApplicationName repository, Reference reference) {
        return database.read(tx -> find(tx, repository, reference));
    }

    /** As {@link #find(ApplicationName, Reference)}, in a transaction of the caller. */
    public Optional<Manifest> find(Tx tx, ApplicationName repository, Reference reference) {
        return switch (reference) {
            case Reference.ByDigest r -> store.find(tx, repository, r.digest());
            case Reference.ByTag r ->
                tags.find(tx, repository, r.tag()).flatMap(digest -> store.find(tx, repository, digest));
        };
    }

    /** The manifest or {@code MANIFEST_UNKNOWN}. */
    public Manifest require(ApplicationName repository, Reference reference) {
        return find(repository, reference).orElseThrow(() -> missing(repository, reference));
    }

    /** {@code MANIFEST_UNKNOWN}, saying what became of it where it was taken out. */
    private ProblemException missing(ApplicationName repository, Reference reference) {
        Optional<Tombstones.Tombstone> was = reference instanceof Reference.ByDigest(Digest digest)
                ? database.read(tx -> rules.tombstones().find(tx, repository, digest, Tombstones.Kind.MANIFEST))
                : Optional.empty();
        return was.map(t -> t.unknown("MANIFEST_UNKNOWN", rules.clock().instant()))
                .orElseGet(() -> unknown(repository, reference.toString()));
    }

    /**
     * A manifest's exact bytes as clients get them, or {@code MANIFEST_UNKNOWN}. One whose bytes are not there, or not of their length, is
     * absent to them: whoever is told that it is there would not push it again, and that push heals it.
     */
    public byte[] pull(ApplicationName repository, Manifest manifest) throws IOException {
        return stored(manifest).orElseThrow(() -> {
            String next = "Push the same bytes again, which heals it, or restore them from a backup.";
            return Contents.lost("MANIFEST_UNKNOWN", "the manifest " + manifest.digest() + " in " + repository, next);
        });
    }

    public static ProblemException unknown(ApplicationName repository, String reference) {
        return new Problem.NotFound(
                        "MANIFEST_UNKNOWN",
                        "Finding the manifest " + reference + " in " + repository,
                        "there is none.",
                        "Push it, or look at the repository's tags.")
                .exception();
    }

    /** The exact bytes; {@code BLOB_DAMAGED} when the store no longer has them. */
    public byte[] bytes(Manifest manifest) throws IOException {
        return stored(manifest).orElseThrow(() -> Contents.damaged(manifest.digest()));
    }

    /** True if its file is there with its length. */
    public boolean isWhole(Manifest manifest) throws IOException {
        return Contents.isWhole(blobs, manifest.digest(), manifest.size());
    }

    private Optional<byte[]> stored(Manifest manifest) throws IOException {
        Optional<Blob> blob = blobs.open(manifest.digest());
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        try (Blob open = blob.get()) {
            return open.size() == manifest.size() ? Optional.of(open.bytes(MAX_BYTES)) : Optional.empty();
        }
    }

    /** A manifest with its names. */
    public record Named(Manifest manifest, List<Version> tags) {
        public Named {
            tags = List.copyOf(tags);
        }
    }

    /** The manifests of the repository by digest, after this one, each with the tags that point at it, as of one moment. */
    public List<Named> list(ApplicationName repository, @Nullable Digest last, int limit) {
        String after = last == null ? null : last.toString();
        return database.read(tx -> store.list(tx, new Referrers.Ask(repository, null, null, after), limit).stream()
                .map(m -> new Named(m, tags.of(tx, repository, m.digest())))
                .toList());
    }

    /** What the manifest refers to, in its own order; empty when it is not there. */
    public List<Link> links(ApplicationName repository, Digest digest) {
        return database.read(tx -> links(tx, repository, digest));
    }

    public List<Link> links(Tx tx, ApplicationName repository, Digest digest) {
        return store.links(tx, repository, digest);
    }

    /** The manifests of the repository that refer to this manifest or blob as a member or content. */
    public List<Digest> parents(Tx tx, ApplicationName repository, Digest digest) {
        return store.parents(tx, repository, digest, Integer.MAX_VALUE);
    }

    /** At most so many of {@link #parents(Tx, ApplicationName, Digest)}. */
    public List<Digest> parents(Tx tx, ApplicationName repository, Digest digest, int limit) {
        return store.parents(tx, repository, digest, limit);
    }

    public long countParents(Tx tx, ApplicationName repository, Digest digest) {
        return store.countParents(tx, repository, digest);
    }

    /** Points a tag at a manifest that is there; {@code MANIFEST_UNKNOWN}, {@code TAG_IMMUTABLE}, {@code TAG_RETIRED}. */
    public void tag(ApplicationName repository, Version tag, Digest digest, ActorName by) {
        tags.settle(new Tags.Wish(repository, List.of(tag), digest, by), tx -> {
            if (store.find(tx, repository, digest).isEmpty()) {
                throw unknown(repository, digest.toString());
            }
        });
    }

    /** Takes a manifest and all its tags out of the repository; {@code KEPT} when it must stay. False if it is not there. */
    public boolean delete(ApplicationName repository, Digest digest, ActorName by, Consumer<List<Version>> named) {
        return take(repository, digest, rules.tombstones().removal(rules.clock().instant(), by, "deleted"), tx -> {
            named.accept(tags.of(tx, repository, digest));
            rules.guard().requireDeletable(tx, repository, digest);
        });
    }

    /** Takes a name away; one by which clients find what is said about something kept stays ({@code KEPT}). False if it is not there. */
    public boolean unname(ApplicationName repository, Version tag, ActorName by) {
        return tags.settle(new Tags.Wish(repository, List.of(tag), null, by), tx -> {
            if (TagRules.isFallback(tag) && !rules.tags().floats(repository)) {
                tags.find(tx, repository, tag)
                        .ifPresent(digest -> rules.guard().requireDeletable(tx, repository, digest));
            }
        });
    }

    /** Asked inside the transaction that takes something out; whatever it throws leaves everything as it is. */
    @FunctionalInterface
    public interface Condition {
        void require(Tx tx);
    }

    /** Takes a manifest and all its tags out of the repository if the condition holds. False if it is not there. */
    public boolean take(ApplicationName repository, Digest digest, Tombstones.Removal removal, Condition condition) {
        List<Version> pointing = database.read(tx -> tags.of(tx, repository, digest));
        Optional<Manifest> manifest = find(repository, new Reference.ByDigest(digest));
        if (manifest.isEmpty()) {
            return false;
        }
        Tombstones.Tombstone tombstone = new Tombstones.Tombstone(
                repository,
                digest,
                Tombstones.Kind.MANIFEST,
                manifest.get().mediaType(),
                manifest.get().size(),
                removal,
                null);
        tags.settle(new Tags.Wish(repository, pointing, null, removal.by()), tx -> {
            condition.require(tx);
            if (!tags.of(tx, repository, digest).equals(pointing)) {
                throw new Problem.Conflict(
                                "TAG_BUSY",
                                "Deleting " + digest,
                                "its tags moved meanwhile.",
                                "Look at its tags, then try again.")
                        .exception();
            }
            store.delete(tx, repository, digest);
            rules.tombstones().put(tx, tombstone);
        });
        return true;
    }
}
