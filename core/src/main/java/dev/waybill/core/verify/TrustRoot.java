package dev.waybill.core.verify;

import dev.waybill.core.json.Json;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The trust file: everything that a verifier believes without proof.
 *
 * @param logs keys of the ledger, all of one origin; the last is in use, those before it verify older checkpoints
 * @param keys every key that ever made statements
 * @param witnesses cosignature keys
 * @param quorum how many witnesses must have cosigned a checkpoint, 0 for none
 */
public record TrustRoot(
        String mediaType, List<TrustedLog> logs, List<TrustedKey> keys, List<NoteKey> witnesses, int quorum) {
    public static final String MEDIA_TYPE = "application/vnd.waybill.trust.v1+json";

    /** Stock sigstore clients take the host name of a URL as the origin and nothing else. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    public TrustRoot {
        logs = List.copyOf(logs);
        keys = List.copyOf(keys);
        witnesses = List.copyOf(witnesses);
        if (!MEDIA_TYPE.equals(mediaType) || logs.isEmpty()) {
            throw invalid("its media type is " + MEDIA_TYPE + " and it names at least one log.");
        }
        String origin = logs.getFirst().key().name();
        for (TrustedLog log : logs) {
            if (log.key().type() != NoteKey.ED25519 || !log.key().name().equals(origin)) {
                throw invalid("every log key is an Ed25519 key of the origin " + origin + ".");
            }
        }
        if (!HOST.matcher(origin).matches()) {
            throw invalid("the origin " + origin + " is not a bare host name.");
        }
        boolean cosigners = witnesses.stream().allMatch(key -> key.type() == NoteKey.COSIGNATURE);
        if (!cosigners || quorum < 0 || quorum > new HashSet<>(witnesses).size()) {
            throw invalid("the quorum counts different witnesses, each with a cosignature key.");
        }
    }

    public static TrustRoot of(NoteKey log, List<TrustedKey> keys) {
        return new TrustRoot(MEDIA_TYPE, List.of(new TrustedLog(log, null)), keys, List.of(), 0);
    }

    /** Reads a trust file; unknown members are refused, for they might have been meant to restrict. */
    public static TrustRoot read(byte[] json) {
        return Json.read(json, TrustRoot.class);
    }

    public byte[] write() {
        return Json.write(this);
    }

    public String origin() {
        return logs.getFirst().key().name();
    }

    /** The key that signs checkpoints now. */
    public NoteKey currentLog() {
        return logs.getLast().key();
    }

    private static ProblemException invalid(String why) {
        return new Problem.Malformed(
                        "TRUST_INVALID",
                        "Reading a trust file",
                        why,
                        "Get the trust file again from who runs the ledger.")
                .exception();
    }
}
