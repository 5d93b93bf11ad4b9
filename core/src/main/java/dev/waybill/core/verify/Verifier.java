package dev.waybill.core.verify;

import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.bundle.BundleParser;
import dev.waybill.core.bundle.Bytes;
import dev.waybill.core.ledger.InclusionProof;
import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The one verifier. Its order: caps, strict JSON, media type, one signature, candidate keys from the trust file valid at
 * the entry's position, signature over the DSSE bytes, payload type, the same bytes parsed, subject and type, what the key
 * may say and where, the leaf made again, its inclusion under a checkpoint of the known log, witnesses.
 */
public final class Verifier {
    private final TrustRoot trust;

    public Verifier(TrustRoot trust) {
        this.trust = trust;
    }

    /** A sigstore bundle with its log entry. */
    public Verified verify(byte[] bundleJson, Question question) {
        Bundle bundle = BundleParser.parse(bundleJson);
        Bundle.KeyHint hint = requireKey(bundle.material());
        Bundle.Envelope envelope = requireEnvelope(bundle.content());
        Bundle.LogEntry entry = ourEntry(bundle.entries());
        Authentic said = authenticate(envelope, hint.hint(), entry.index(), question);
        return inLog(said, entry);
    }

    /** A statement and its proof, as the server answers them. */
    public Verified verify(Logged logged, Question question) {
        Authentic said = authenticate(logged.signed(), logged.index(), question);
        return inLog(said, logged.proof(), logged.checkpoint());
    }

    /**
     * A statement that is not in the ledger yet.
     *
     * @param position the ledger position that it will have, at which its key must be valid
     */
    public Authentic authenticate(Signed signed, long position, Question question) {
        Bundle.Envelope envelope = new Bundle.Envelope(
                Statement.PAYLOAD_TYPE, Bytes.of(signed.payload()), Bytes.of(signed.signature()), "");
        return authenticate(envelope, signed.keyId(), position, question);
    }

    /** A bundle without a log entry, at intake. */
    public Authentic authenticate(byte[] bundleJson, long position, Question question) {
        Bundle bundle = BundleParser.parse(bundleJson);
        Bundle.KeyHint hint = requireKey(bundle.material());
        return authenticate(requireEnvelope(bundle.content()), hint.hint(), position, question);
    }

    private Authentic authenticate(Bundle.Envelope envelope, String hint, long position, Question question) {
        if (!hint.isEmpty() && !envelope.keyId().isEmpty() && !hint.equals(envelope.keyId())) {
            throw Untrusted.because("SIGNATURE_INVALID", "bundle and envelope name different keys.");
        }
        byte[] payload = envelope.payload().array();
        byte[] signature = envelope.signature().array();
        byte[] message = Dsse.preAuthenticationEncoding(envelope.payloadType(), payload);
        List<TrustedKey> makers = candidates(hint).stream()
                .filter(key -> PublicKeys.verifies(key.spki(), message, signature))
                .toList();
        if (makers.isEmpty()) {
            throw Untrusted.because("SIGNATURE_INVALID", "no key of the trust file made the signature.");
        }
        List<TrustedKey> valid =
                makers.stream().filter(key -> key.validity().covers(position)).toList();
        if (valid.isEmpty()) {
            throw Untrusted.because(
                    "KEY_OUTSIDE_VALIDITY", "the key " + hint + " is not valid at ledger position " + position + ".");
        }
        if (!Statement.PAYLOAD_TYPE.equals(envelope.payloadType())) {
            throw Untrusted.because(
                    "PAYLOAD_TYPE_UNACCEPTED", "the payload is not said to be " + Statement.PAYLOAD_TYPE + ".");
        }
        Statement statement = Statement.parse(payload);
        Meaning.checkSubject(statement, question);
        TrustedKey key = Meaning.checkSpeaker(statement, valid, question, trust.origin());
        return new Authentic(new Signed(payload, signature, key.spki()), statement, key);
    }

    /** Keys that the hint names; all when it names none, for a hint is unauthenticated and decides nothing. */
    private List<TrustedKey> candidates(String hint) {
        List<TrustedKey> named =
                trust.keys().stream().filter(key -> key.keyId().equals(hint)).toList();
        return named.isEmpty() ? trust.keys() : named;
    }

    private Verified inLog(Authentic said, Bundle.LogEntry entry) {
        byte[] leaf = Leaf.of(said.signed());
        if (!entry.body().equals(Bytes.of(leaf)) || !entry.kind().equals(new Bundle.Kind(Leaf.KIND, Leaf.VERSION))) {
            throw Untrusted.because("LOG_ENTRY_MISMATCH", "the log entry is that of another signature or statement.");
        }
        Bundle.Inclusion inclusion = entry.inclusion();
        if (inclusion == null || inclusion.checkpoint() == null) {
            throw Untrusted.because("LOG_ENTRY_MISSING", "the log entry has no inclusion proof with a checkpoint.");
        }
        if (entry.index() != inclusion.proof().index()) {
            throw Untrusted.because("INCLUSION_INVALID", "the log entry and its proof name different positions.");
        }
        Verified verified = inLog(said, inclusion.proof(), inclusion.checkpoint());
        if (!inclusion.root().equals(verified.checkpoint().root())) {
            throw Untrusted.because("INCLUSION_INVALID", "the proof names another root than the checkpoint.");
        }
        return verified;
    }

    private Verified inLog(Authentic said, InclusionProof proof, String checkpointNote) {
        Hash leaf = Leaf.hash(said.signed());
        LogCheck.Proven proven = LogCheck.check(trust, leaf, proof, checkpointNote);
        return new Verified(said, proof.index(), proven.checkpoint(), proven.cosignatures());
    }

    private Bundle.LogEntry ourEntry(List<Bundle.LogEntry> entries) {
        if (entries.isEmpty()) {
            throw Untrusted.because("LOG_ENTRY_MISSING", "the bundle has no log entry.");
        }
        Optional<Bundle.LogEntry> ours = entries.stream()
                .filter(entry -> trust.logs().stream()
                        .anyMatch(log -> entry.logId().equals(Bytes.of(log.key().hash()))))
                .findFirst();
        return ours.orElseThrow(() -> Untrusted.because(
                "LOG_KEY_INVALID", "no log entry of the bundle is of the ledger " + trust.origin() + "."));
    }

    static Bundle.KeyHint requireKey(Bundle.Material material) {
        if (material instanceof Bundle.KeyHint hint) {
            return hint;
        }
        throw Untrusted.because(
                "KEYLESS_NOT_ACCEPTED",
                "it is signed under a certificate, and only keys that the trust file names are accepted.");
    }

    static Bundle.Envelope requireEnvelope(Bundle.Content content) {
        if (content instanceof Bundle.Envelope envelope) {
            return envelope;
        }
        throw Untrusted.because("STATEMENT_MISSING", "the bundle signs bytes and holds no statement.");
    }
}
