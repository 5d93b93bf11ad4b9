package dev.waybill.cli.proof;

import dev.waybill.api.client.LedgerCalls;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.merkle.Growth;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.Tile;
import dev.waybill.core.merkle.TileNodes;
import dev.waybill.core.name.Digest;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.verify.SigstoreTrustedRoot;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.TrustedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Copies a ledger out: a checkpoint, the tiles that make its root, each statement below it with its proof, and the keys. What
 * is written was checked: the checkpoint is signed by the log's key and its root is the one that the copied tiles make.
 */
final class LedgerExport {
    private static final int PAGE = 500;

    private final LedgerCalls ledger;
    private final Progress progress;

    LedgerExport(LedgerCalls ledger, Progress progress) {
        this.ledger = ledger;
        this.progress = progress;
    }

    /** What was exported. */
    record Written(String origin, long size, Hash root, Path directory) {}

    /** A statement as the ledger lists it. */
    private record Listed(long index, Digest id, Instant at) {}

    /** @param trustJson whom the server says to trust, compared with what was pinned by the caller */
    Written into(Path directory, byte[] trustJson) throws IOException {
        requireEmpty(directory);
        TrustRoot trust = TrustRoot.read(trustJson);
        byte[] note = ledger.checkpoint();
        Checkpoint checkpoint = LogIdentity.of(trust.currentLog()).open(SignedNote.parse(note));
        tiles(directory, checkpoint);
        Instant started = statements(directory.resolve("statements"), checkpoint.size());
        keys(directory.resolve("trust"), trust, trustJson, started);
        write(directory.resolve("README.md"), ExportReadme.of(trust.origin(), checkpoint));
        // Last, as the ledger itself does: a directory without it is an export that did not end.
        write(directory.resolve("checkpoint"), note);
        return new Written(trust.origin(), checkpoint.size(), checkpoint.root(), directory);
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new Problem.Refused(
                                "EXPORT_EXISTS",
                                "Exporting the ledger into " + directory,
                                "it is not empty, and two exports in one directory prove nothing.",
                                "Name a new directory.")
                        .exception();
            }
        }
    }

    private void tiles(Path directory, Checkpoint checkpoint) throws IOException {
        List<Tile> tiles = Growth.between(0, checkpoint.size());
        int done = 0;
        for (Tile tile : tiles) {
            progress.say("Tile " + ++done + " of " + tiles.size());
            write(directory.resolve(tile.path()), ledger.tile(tile.path()));
        }
        Hash root = Proofs.root(checkpoint.size(), new TileNodes(checkpoint.size(), tile -> read(directory, tile)));
        if (!root.equals(checkpoint.root())) {
            throw new Problem.Refused(
                            "LEDGER_DIFFERS",
                            "Exporting the ledger",
                            "its tiles make the root " + root + ", but the checkpoint was signed over "
                                    + checkpoint.root() + ".",
                            "Keep what was written as evidence and ask the server's administrator.")
                    .exception();
        }
    }

    private static byte[] read(Path directory, Tile tile) {
        try {
            return Files.readAllBytes(directory.resolve(tile.path()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes every statement below that size; returns when the first was logged. */
    private Instant statements(Path directory, long size) throws IOException {
        Instant first = Instant.EPOCH;
        for (long next = 0; next < size; ) {
            List<Listed> page = page(next - 1);
            if (page.isEmpty() || page.getFirst().index() != next) {
                throw gap(next);
            }
            for (Listed one : page) {
                if (one.index() < size) {
                    progress.say("Statement " + (one.index() + 1) + " of " + size);
                    write(directory.resolve(one.id().hex() + ".sigstore.json"), ledger.bundle(one.id()));
                }
            }
            first = next == 0 ? page.getFirst().at() : first;
            next = page.getLast().index() + 1;
        }
        return first;
    }

    private List<Listed> page(long after) {
        return ledger.entries(after, PAGE).path("entries").values().stream()
                .map(LedgerExport::listed)
                .toList();
    }

    private static Listed listed(JsonNode entry) {
        return new Listed(
                entry.path("index").asLong(),
                Digest.sha256Hex(entry.path("id").asString()),
                Instant.parse(entry.path("at").asString()));
    }

    private static RuntimeException gap(long index) {
        return new Problem.Refused(
                        "LEDGER_GAP",
                        "Exporting the ledger",
                        "the server does not list entry " + index + ", which its checkpoint covers.",
                        "Keep what was written as evidence and run `waybill ledger verify`.")
                .exception();
    }

    private static void keys(Path directory, TrustRoot trust, byte[] trustJson, Instant started) throws IOException {
        write(directory.resolve("trust.json"), trustJson);
        write(directory.resolve("trusted_root.json"), SigstoreTrustedRoot.write(trust, started));
        write(directory.resolve("log.vkey"), trust.currentLog() + "\n");
        for (KeyRole role : List.of(KeyRole.INGEST, KeyRole.VERDICT, KeyRole.RECORD)) {
            List<TrustedKey> keys = trust.keys().stream()
                    .filter(key -> key.role() == role)
                    .sorted(Comparator.comparingLong(
                                    (TrustedKey key) -> key.validity().from())
                            .reversed())
                    .toList();
            // The newest has the plain name; former ones still verify what they signed.
            for (int i = 0; i < keys.size(); i++) {
                String name = role.label() + (i == 0 ? "" : "-" + i) + ".pub";
                write(directory.resolve(name), PublicKeys.toPem(keys.get(i).spki()));
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.write(file, bytes);
    }
}
