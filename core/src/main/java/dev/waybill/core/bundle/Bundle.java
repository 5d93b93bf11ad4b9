package dev.waybill.core.bundle;

import dev.waybill.core.ledger.InclusionProof;
import dev.waybill.core.merkle.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sigstore bundle that was parsed and not verified. */
public record Bundle(Material material, Content content, List<LogEntry> entries) {
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /** More entries than this are refused, as sigstore-go does. */
    public static final int MAX_LOG_ENTRIES = 32;

    public Bundle {
        entries = List.copyOf(entries);
    }

    /** Who claims to have signed. */
    public sealed interface Material {}

    /** @param hint base64 of the sha256 of the key, or empty; a help in finding it, never a reason to trust it */
    public record KeyHint(String hint) implements Material {}

    /** A certificate, DER, of a keyless signer. */
    public record Certificate(Bytes der) implements Material {}

    /** What was signed. */
    public sealed interface Content {}

    /** A DSSE envelope with its one signature. */
    public record Envelope(String payloadType, Bytes payload, Bytes signature, String keyId) implements Content {}

    /** A signature over the bytes of an artifact; the digest is a hint. */
    public record Message(@Nullable Bytes digest, Bytes signature) implements Content {}

    /**
     * Where a log is said to hold it.
     *
     * @param body the entry's bytes as the log keeps them; never trusted, the leaf is made again
     */
    public record LogEntry(
            long index,
            Bytes logId,
            Kind kind,
            Bytes body,
            @Nullable Inclusion inclusion) {}

    /** Kind and version of a Rekor entry. */
    public record Kind(String kind, String version) {}

    /** @param checkpoint a signed note; size and root count from there, and the copies beside it must agree */
    public record Inclusion(
            InclusionProof proof, Hash root, @Nullable String checkpoint) {}
}
