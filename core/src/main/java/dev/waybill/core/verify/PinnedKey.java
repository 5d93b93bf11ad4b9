package dev.waybill.core.verify;

import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.bundle.BundleParser;
import dev.waybill.core.bundle.Bytes;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Statement;

/**
 * One key that the caller brought and trusts, as with {@code cosign verify-blob --key}: for evidence that other tools
 * signed. Says who signed; says nothing about any log, and no role follows from it.
 */
public final class PinnedKey {
    private final byte[] spki;

    private PinnedKey(byte[] spki) {
        this.spki = spki;
    }

    public static PinnedKey fromPem(String pem) {
        return new PinnedKey(PublicKeys.fromPem(pem));
    }

    /** The statement in the bundle, if this key signed it and it is of this type and about these bytes. */
    public Statement statement(byte[] bundleJson, Digest subject, String predicateType) {
        Bundle bundle = BundleParser.parse(bundleJson);
        Verifier.requireKey(bundle.material());
        Bundle.Envelope envelope = Verifier.requireEnvelope(bundle.content());
        byte[] payload = envelope.payload().array();
        requireSigned(Dsse.preAuthenticationEncoding(envelope.payloadType(), payload), envelope.signature());
        if (!Statement.PAYLOAD_TYPE.equals(envelope.payloadType())) {
            throw Untrusted.because(
                    "PAYLOAD_TYPE_UNACCEPTED", "the payload is not said to be " + Statement.PAYLOAD_TYPE + ".");
        }
        Statement statement = Statement.parse(payload);
        Meaning.checkSubject(statement, Question.about(subject, predicateType));
        return statement;
    }

    /** Returns if this key signed exactly these bytes. */
    public void blob(byte[] bundleJson, byte[] blob) {
        Bundle bundle = BundleParser.parse(bundleJson);
        Verifier.requireKey(bundle.material());
        if (!(bundle.content() instanceof Bundle.Message message)) {
            throw Untrusted.because("SIGNATURE_INVALID", "the bundle holds a statement, not a signature over bytes.");
        }
        Bytes digest = message.digest();
        if (digest != null && !digest.equals(Bytes.of(Digest.sha256(blob).bytes()))) {
            throw Untrusted.because("SUBJECT_MISMATCH", "the bundle is for other bytes.");
        }
        requireSigned(blob, message.signature());
    }

    private void requireSigned(byte[] message, Bytes signature) {
        if (!PublicKeys.verifies(spki, message, signature.array())) {
            throw Untrusted.because("SIGNATURE_INVALID", "the given key did not make the signature.");
        }
    }
}
