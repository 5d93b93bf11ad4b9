package dev.waybill.server.garbage;

import java.util.Optional;

/**
 * Stops a run that would take out too much: then not the bytes are wrong but what is known of them. So many of each may always
 * go; beyond that, at most this share of all.
 *
 * @param share in percent
 */
public record Breaker(long manifests, long blobs, long bytes, int share) {
    /** Of everything that is linked, or of what a run would take out; bytes as often as they are linked. */
    record Amount(long manifests, long blobs, long bytes) {}

    /** Why the run is refused; empty when it may go on. */
    Optional<String> refusal(Amount planned, Amount all) {
        if (tooMuch(planned.manifests(), manifests, all.manifests())) {
            return Optional.of(said(planned.manifests() + " of " + all.manifests() + " manifests"));
        }
        if (tooMuch(planned.blobs(), blobs, all.blobs())) {
            return Optional.of(said(planned.blobs() + " of " + all.blobs() + " blobs"));
        }
        if (tooMuch(planned.bytes(), bytes, all.bytes())) {
            return Optional.of(said(planned.bytes() + " of " + all.bytes() + " bytes"));
        }
        return Optional.empty();
    }

    private boolean tooMuch(long planned, long always, long all) {
        return planned > always && (double) planned * 100 > (double) all * share;
    }

    private String said(String what) {
        return what + " would go, more than " + share
                + " % at once. Look at `waybill registry gc --dry-run`; if it is right, say --even-many.";
    }
}
