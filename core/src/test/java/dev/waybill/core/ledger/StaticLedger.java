package dev.waybill.core.ledger;

import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Growth;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tile;
import dev.waybill.core.merkle.TileNodes;
import dev.waybill.core.name.Digest;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A whole ledger in memory, made only with the public types of core: what the server does, without storing anything. */
public final class StaticLedger {
    public static final String ORIGIN = "ledger.acme.example";

    private final Map<KeyRole, SigningKey> keys = new HashMap<>();
    private final LogKey log;
    private final List<Signed> statements = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private CompactRange range = CompactRange.EMPTY;

    public StaticLedger() {
        KeyPair pair = LogKey.generate();
        log = new LogKey(ORIGIN, pair.getPrivate(), pair.getPublic().getEncoded());
        for (KeyRole role : KeyRole.values()) {
            KeyPair ecdsa = SigningKey.generate();
            keys.put(role, new SigningKey(ecdsa.getPrivate(), ecdsa.getPublic().getEncoded()));
        }
    }

    public SigningKey key(KeyRole role) {
        return Objects.requireNonNull(keys.get(role));
    }

    public LogKey log() {
        return log;
    }

    public TrustRoot trust() {
        List<TrustedKey> trusted = new ArrayList<>();
        keys.forEach((role, key) -> trusted.add(TrustedKey.server(role, key.publicKey())));
        return TrustRoot.of(log.verifier(), trusted);
    }

    /** Appends statements in one step, as one batch of the server would. */
    public void append(List<Signed> batch) {
        List<byte[]> leaves = batch.stream().map(Leaf::of).toList();
        Growth.of(range.size(), leaves, this::bytes).files().forEach((tile, bytes) -> files.put(tile.path(), bytes));
        range = range.append(leaves.stream().map(Hash::leaf).toList());
        statements.addAll(batch);
    }

    public byte[] bytes(Tile tile) {
        return Objects.requireNonNull(files.get(tile.path()), tile.path());
    }

    /** Every tile and bundle ever written, by path. */
    public Map<String, byte[]> files() {
        return files;
    }

    public SignedNote checkpoint() {
        return log.sign(Checkpoint.of(ORIGIN, range.tree()));
    }

    public CompactRange range() {
        return range;
    }

    public Logged logged(int index) {
        TileNodes nodes = new TileNodes(range.size(), this::bytes);
        InclusionProof proof = InclusionProof.make(index, range.size(), nodes);
        return new Logged(statements.get(index), proof, checkpoint().encode());
    }

    public byte[] bundle(int index) {
        return BundleWriter.write(logged(index), log.verifier());
    }

    /** A provenance statement about bytes that name their number. */
    public Signed provenance(int number) {
        return key(KeyRole.INGEST).sign(provenanceOf(artifact(number)));
    }

    public static byte[] artifact(int number) {
        return ("artifact number " + number + "\n").getBytes(StandardCharsets.UTF_8);
    }

    public static Statement provenanceOf(byte[] artifact) {
        String predicate = """
                {"buildDefinition": {"buildType": "https://waybill.dev/build/v1", "externalParameters": {}},
                 "runDetails": {"builder": {"id": "https://waybill.dev/builder/ingest/v1"}}}""";
        return new Statement(
                Statement.TYPE,
                List.of(Subject.of("shop.jar", Digest.sha256(artifact))),
                PredicateTypes.PROVENANCE,
                Json.parse(predicate.getBytes(StandardCharsets.UTF_8)));
    }

    /** A ledger of this many provenance statements, appended in uneven batches. */
    public static StaticLedger ofSize(int size) {
        StaticLedger ledger = new StaticLedger();
        int at = 0;
        for (int batch = 1; at < size; batch = batch * 3 + 1) {
            List<Signed> some = new ArrayList<>();
            for (int i = 0; i < batch && at < size; i++) {
                some.add(ledger.provenance(at++));
            }
            ledger.append(some);
        }
        return ledger;
    }
}
