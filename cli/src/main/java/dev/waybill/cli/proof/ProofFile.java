package dev.waybill.cli.proof;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.verify.Introductions;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code waybill why --proof} writes: statements as sigstore bundles with inclusion proofs, and what they are about.
 *
 * @param trust the keys as the server showed them; shown to people, never trusted
 * @param keys what the ledger says of agents' keys: they count as far as a pinned record key signed it
 */
record ProofFile(
        String format,
        Slot slot,
        @Nullable Digest artifact,
        @Nullable JsonNode trust,
        @Nullable List<JsonNode> keys,
        List<JsonNode> statements) {
    private static final String FORMAT = "waybill-proof/v1";

    static ProofFile read(byte[] bytes) {
        String other = other(bytes);
        if (!other.isEmpty()) {
            throw new Problem.Malformed(
                            "PROOF_INVALID",
                            "Reading the proof",
                            "it is " + other + ", and no " + FORMAT + " file.",
                            "Make one with `waybill why ENV/APP --proof FILE`.")
                    .exception();
        }
        ProofFile proof = Json.readOpen(bytes, ProofFile.class);
        if (!FORMAT.equals(proof.format) || proof.statements.isEmpty()) {
            throw new Problem.Malformed(
                            "PROOF_INVALID",
                            "Reading the proof",
                            "it is no " + FORMAT + " file with statements.",
                            "Make one with `waybill why ENV/APP --proof FILE`.")
                    .exception();
        }
        return proof;
    }

    /** What the file is, when it is clearly something else; empty when it may be a proof. */
    private static String other(byte[] bytes) {
        JsonNode file;
        try {
            file = Json.parse(bytes);
        } catch (ProblemException e) {
            return bytes.length == 0 ? "an empty file" : "no JSON";
        }
        if (file.has("format") || file.has("statements")) {
            return "";
        } else if (file.has("dsseEnvelope") || file.has("verificationMaterial")) {
            return "one statement in a sigstore bundle";
        } else if (file.has("payloadType")) {
            return "one statement in a DSSE envelope";
        } else if (file.has("_type")) {
            return "an in-toto statement without a signature";
        } else if (file.has("origin")) {
            return "a trust file (give that with --trust)";
        }
        return "JSON of another kind";
    }

    /** Each statement verified, by the keys of this trust file and the agents that it vouches for. */
    List<Verified> verified(TrustRoot pinned) {
        TrustRoot root = keys == null
                ? pinned
                : new Introductions(pinned).with(keys.stream().map(Json::write).toList());
        Verifier verifier = new Verifier(root);
        return statements.stream()
                .map(bundle -> verifier.verify(Json.write(bundle), Question.ANY))
                .toList();
    }
}
