package dev.waybill.core.bundle;

import dev.waybill.core.json.Json;
import dev.waybill.core.ledger.InclusionProof;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one parser of bundles. Bounds first, then structure; every refusal is {@code MALFORMED} unless it has a better name. */
public final class BundleParser {
    /** Media types, and the version 0.x that each names. */
    private static final Map<String, Integer> VERSIONS = Map.of(
            "application/vnd.dev.sigstore.bundle+json;version=0.1",
            1,
            "application/vnd.dev.sigstore.bundle+json;version=0.2",
            2,
            "application/vnd.dev.sigstore.bundle+json;version=0.3",
            3,
            "application/vnd.dev.sigstore.bundle.v0.1+json",
            1,
            "application/vnd.dev.sigstore.bundle.v0.2+json",
            2,
            Bundle.MEDIA_TYPE,
            3);

    private BundleParser() {}

    public static Bundle parse(byte[] json) {
        BundleWire wire = Json.readOpen(json, BundleWire.class);
        Integer version = VERSIONS.get(wire.mediaType());
        if (version == null) {
            throw new Problem.Malformed(
                            "BUNDLE_VERSION_UNKNOWN",
                            "Reading a sigstore bundle",
                            "the media type '" + wire.mediaType() + "' is not known here.",
                            "Send a bundle of version 0.3.")
                    .exception();
        }
        return new Bundle(material(wire.verificationMaterial(), version), content(wire), entries(wire, version));
    }

    private static Bundle.Material material(BundleWire.Material wire, int version) {
        int kinds = (wire.publicKey() == null ? 0 : 1)
                + (wire.certificate() == null ? 0 : 1)
                + (wire.x509CertificateChain() == null ? 0 : 1);
        if (kinds != 1) {
            throw Bytes.malformed("exactly one of publicKey, certificate and x509CertificateChain is expected.");
        }
        if (wire.publicKey() != null) {
            return new Bundle.KeyHint(
                    Objects.requireNonNullElse(wire.publicKey().hint(), ""));
        }
        if (wire.certificate() != null) {
            return certificate(wire.certificate());
        }
        List<BundleWire.RawBytes> chain =
                orEmpty(Objects.requireNonNull(wire.x509CertificateChain()).certificates());
        if (version >= 3 || chain.isEmpty()) {
            throw Bytes.malformed("a certificate chain is not empty, and version 0.3 has none.");
        }
        return certificate(chain.getFirst());
    }

    private static Bundle.Certificate certificate(BundleWire.RawBytes wire) {
        return new Bundle.Certificate(Bytes.base64("the certificate", wire.rawBytes()));
    }

    private static Bundle.Content content(BundleWire wire) {
        BundleWire.Envelope envelope = wire.dsseEnvelope();
        BundleWire.MessageSignature message = wire.messageSignature();
        if ((envelope == null) == (message == null)) {
            throw Bytes.malformed("exactly one of dsseEnvelope and messageSignature is expected.");
        }
        if (envelope != null) {
            return envelope(envelope);
        }
        BundleWire.MessageDigest digest = Objects.requireNonNull(message).messageDigest();
        return new Bundle.Message(
                digest == null ? null : Bytes.base64("the message digest", digest.digest()),
                Bytes.base64("the signature", message.signature()));
    }

    private static Bundle.Envelope envelope(BundleWire.Envelope wire) {
        if (wire.signatures().size() != 1) {
            throw new Problem.Malformed(
                            "SIGNATURE_COUNT",
                            "Reading a DSSE envelope",
                            "it has " + wire.signatures().size() + " signatures, and exactly one is accepted.",
                            "Send one statement per signer: two approvals are two statements.")
                    .exception();
        }
        BundleWire.Signature signature = wire.signatures().getFirst();
        return new Bundle.Envelope(
                wire.payloadType(),
                Bytes.base64("the payload", wire.payload()),
                Bytes.base64("the signature", signature.sig()),
                Objects.requireNonNullElse(signature.keyid(), ""));
    }

    private static List<Bundle.LogEntry> entries(BundleWire wire, int version) {
        List<BundleWire.Entry> all = orEmpty(wire.verificationMaterial().tlogEntries());
        if (all.size() > Bundle.MAX_LOG_ENTRIES) {
            throw Bytes.malformed("it has " + all.size() + " log entries.");
        }
        List<Bundle.LogEntry> entries = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (BundleWire.Entry one : all) {
            Bundle.LogEntry entry = entry(one);
            if (!seen.add(List.of(entry.logId(), entry.index()))) {
                throw Bytes.malformed("the same log entry stands in it twice.");
            }
            if (version >= 2 && (entry.inclusion() == null || entry.inclusion().checkpoint() == null)) {
                throw Bytes.malformed("a log entry has no inclusion proof with a checkpoint.");
            }
            entries.add(entry);
        }
        return entries;
    }

    private static Bundle.LogEntry entry(BundleWire.Entry wire) {
        BundleWire.KindVersion kind = wire.kindVersion();
        return new Bundle.LogEntry(
                number("logIndex", wire.logIndex()),
                Bytes.base64("the log id", wire.logId().keyId()),
                new Bundle.Kind(kind.kind(), kind.version()),
                Bytes.base64("the log entry", wire.canonicalizedBody()),
                inclusion(wire.inclusionProof()));
    }

    private static Bundle.@Nullable Inclusion inclusion(BundleWire.@Nullable Proof wire) {
        if (wire == null) {
            return null;
        }
        List<String> hashes = orEmpty(wire.hashes());
        if (hashes.size() > Proofs.MAX_HASHES) {
            throw Bytes.malformed("an inclusion proof has " + hashes.size() + " hashes.");
        }
        InclusionProof proof = new InclusionProof(
                number("logIndex", wire.logIndex()),
                number("treeSize", wire.treeSize()),
                hashes.stream().map(BundleParser::hash).toList());
        BundleWire.Checkpoint checkpoint = wire.checkpoint();
        return new Bundle.Inclusion(proof, hash(wire.rootHash()), checkpoint == null ? null : checkpoint.envelope());
    }

    private static Hash hash(String base64) {
        byte[] bytes = Bytes.base64("a hash", base64).array();
        if (bytes.length != Hash.BYTES) {
            throw Bytes.malformed("a hash of " + bytes.length + " bytes is none of SHA-256.");
        }
        return Hash.of(bytes);
    }

    private static long number(String member, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw Bytes.malformed(member + " is not a number from 0 on, written in decimal.");
        }
        return Long.parseLong(text);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
