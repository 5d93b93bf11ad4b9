package dev.waybill.agent.store;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Manifests and blobs by sha256, each hashed on its way in. A name appears only by rename of a file that is durable and
 * has the right bytes, so a crash leaves a temporary file at most, which {@link #sweep} removes.
 */
public final class ContentStore {
    private final Disk disk;
    private final Path blobs;
    private final Path incoming;

    public ContentStore(Disk disk, Path directory) throws IOException {
        this.disk = disk;
        this.blobs = directory.resolve("sha256");
        this.incoming = directory.resolve("incoming");
        disk.directory(blobs);
        disk.directory(incoming);
    }

    public boolean has(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    /** Takes what the stream holds; {@code DIGEST_MISMATCH} when these are other bytes, and nothing is kept of them. */
    public void take(Digest digest, InputStream in) throws IOException {
        Path temporary = incoming.resolve(UUID.randomUUID().toString());
        Disk.Written written = disk.fill(temporary, in, "r--------");
        if (!written.digest().equals(digest)) {
            disk.remove(temporary);
            throw new Problem.Refused(
                            "DIGEST_MISMATCH",
                            "Fetching " + digest,
                            "the bytes that came are " + written.digest() + " (" + written.size() + " bytes).",
                            "Ask whoever runs the registry: it serves other bytes than were approved.")
                    .exception();
        }
        disk.rename(temporary, path(digest));
    }

    /** A place for a file that somebody else hashes while writing it; then {@link #adopt} it. */
    public Path incoming() {
        return incoming.resolve(UUID.randomUUID().toString());
    }

    /** Takes a durable file from {@link #incoming()} whose bytes were hashed by whoever wrote them. */
    public void adopt(Digest digest, Path file) throws IOException {
        disk.rename(file, path(digest));
    }

    public InputStream open(Digest digest) throws IOException {
        return Files.newInputStream(path(digest));
    }

    /** Small content whole, hashed again: manifests and config blobs. */
    public byte[] bytes(Digest digest) throws IOException {
        byte[] bytes = Files.readAllBytes(path(digest));
        if (!Digest.sha256(bytes).equals(digest)) {
            throw damaged(digest);
        }
        return bytes;
    }

    /** Removes content that nothing names any more, and what a crash left half fetched. */
    public void sweep(Set<Digest> keep) throws IOException {
        for (Path file : list(blobs)) {
            if (!keep.contains(Digest.sha256Hex(file.getFileName().toString()))) {
                disk.remove(file);
            }
        }
        for (Path file : list(incoming)) {
            disk.remove(file);
        }
    }

    public static RuntimeException damaged(Digest digest) {
        return new Problem.Refused(
                        "CONTENT_DAMAGED",
                        "Reading " + digest + " from the agent's own store",
                        "its bytes on this disk have changed.",
                        "Remove the file and let the agent fetch it again; check the disk.")
                .exception();
    }

    private Path path(Digest digest) {
        return blobs.resolve(digest.hex());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
