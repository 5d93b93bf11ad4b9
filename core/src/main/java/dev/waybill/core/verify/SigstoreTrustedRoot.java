package dev.waybill.core.verify;

import dev.waybill.core.json.Json;
import dev.waybill.core.note.NoteKey;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Our trust as sigstore's {@code trusted_root.json} (protobuf-specs, sigstore_trustroot.proto), for stock cosign. */
public final class SigstoreTrustedRoot {
    private SigstoreTrustedRoot() {}

    /**
     * Every log key, former ones too; statement keys are given to cosign with {@code --key}.
     *
     * @param start when the log began, at the latest; the format demands one
     */
    public static byte[] write(TrustRoot trust, Instant start) {
        ObjectNode root = Json.object();
        root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        ArrayNode tlogs = root.putArray("tlogs");
        for (TrustedLog log : trust.logs()) {
            NoteKey key = log.key();
            ObjectNode tlog = tlogs.addObject();
            tlog.put("baseUrl", "https://" + trust.origin()).put("hashAlgorithm", "SHA2_256");
            ObjectNode publicKey = tlog.putObject("publicKey");
            publicKey.put("rawBytes", base64(key.spki())).put("keyDetails", "PKIX_ED25519");
            publicKey.putObject("validFor").put("start", start.toString());
            tlog.putObject("logId").put("keyId", base64(key.hash()));
        }
        return Json.write(root);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
