package dev.waybill.core.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a bundle (protobuf's JSON mapping: 64-bit integers are strings, and members with default values, such as an
 * index of 0 or an empty list, may be absent).
 */
record BundleWire(
        String mediaType,
        Material verificationMaterial,
        @Nullable Envelope dsseEnvelope,
        @Nullable MessageSignature messageSignature) {

    record Material(
            @Nullable PublicKey publicKey,
            @Nullable RawBytes certificate,
            @Nullable Chain x509CertificateChain,
            @Nullable List<Entry> tlogEntries) {}

    record PublicKey(@Nullable String hint) {}

    record RawBytes(String rawBytes) {}

    record Chain(@Nullable List<RawBytes> certificates) {}

    record Envelope(String payload, String payloadType, List<Signature> signatures) {}

    record Signature(String sig, @Nullable String keyid) {}

    record MessageSignature(@Nullable MessageDigest messageDigest, String signature) {}

    record MessageDigest(String algorithm, String digest) {}

    record Entry(
            @Nullable String logIndex,
            LogId logId,
            KindVersion kindVersion,
            @Nullable Proof inclusionProof,
            String canonicalizedBody) {}

    record LogId(String keyId) {}

    record KindVersion(String kind, String version) {}

    record Proof(
            @Nullable String logIndex,
            String rootHash,
            String treeSize,
            @Nullable List<String> hashes,
            @Nullable Checkpoint checkpoint) {}

    record Checkpoint(String envelope) {}
}
