package dev.waybill.core.bundle;

import dev.waybill.core.json.Json;
import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes bundles of version 0.3 that stock cosign and sigstore-go verify with the key and our trusted root. */
public final class BundleWriter {
    private BundleWriter() {}

    /** @param log the key that signed the checkpoint; its whole hash is the log id */
    public static byte[] write(Logged logged, NoteKey log) {
        ObjectNode bundle = start(logged.signed());
        ObjectNode entry = ((ObjectNode) bundle.path("verificationMaterial"))
                .putArray("tlogEntries")
                .addObject();
        String index = Long.toString(logged.index());
        entry.put("logIndex", index);
        entry.putObject("logId").put("keyId", base64(log.hash()));
        entry.putObject("kindVersion").put("kind", Leaf.KIND).put("version", Leaf.VERSION);
        byte[] leaf = Leaf.of(logged.signed());
        ObjectNode proof = entry.putObject("inclusionProof");
        proof.put("logIndex", index);
        proof.put("rootHash", logged.proof().root(Hash.leaf(leaf)).toString());
        proof.put("treeSize", Long.toString(logged.proof().size()));
        ArrayNode hashes = proof.putArray("hashes");
        logged.proof().hashes().forEach(hash -> hashes.add(hash.toString()));
        proof.putObject("checkpoint").put("envelope", logged.checkpoint());
        entry.put("canonicalizedBody", base64(leaf));
        return finish(bundle, logged.signed());
    }

    /** A bundle without a log entry: what is sent in before the ledger has it. */
    public static byte[] write(Signed signed) {
        return finish(start(signed), signed);
    }

    private static ObjectNode start(Signed signed) {
        ObjectNode bundle = Json.object();
        bundle.put("mediaType", Bundle.MEDIA_TYPE);
        bundle.putObject("verificationMaterial").putObject("publicKey").put("hint", signed.keyId());
        return bundle;
    }

    private static byte[] finish(ObjectNode bundle, Signed signed) {
        ObjectNode envelope = bundle.putObject("dsseEnvelope");
        envelope.put("payload", base64(signed.payload()));
        envelope.put("payloadType", Statement.PAYLOAD_TYPE);
        envelope.putArray("signatures").addObject().put("sig", base64(signed.signature()));
        return Json.write(bundle);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
