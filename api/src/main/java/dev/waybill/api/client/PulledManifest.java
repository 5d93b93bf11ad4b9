package dev.waybill.api.client;

import dev.waybill.api.oci.Manifest;
import dev.waybill.core.name.Digest;

/** A manifest's bytes as stored, with the media type they were pushed as; whoever makes one has recomputed the digest. */
public final class PulledManifest {
    private final Digest digest;
    private final String mediaType;
    private final byte[] bytes;

    public PulledManifest(Digest digest, String mediaType, byte[] bytes) {
        this.digest = digest;
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    public Digest digest() {
        return digest;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Parsed as an image manifest; {@code MALFORMED} for an index. */
    public Manifest manifest() {
        return Manifest.parse(bytes);
    }
}
