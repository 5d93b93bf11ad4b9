package dev.waybill.compare.bytes;

/** Counts down what {@link Bounds} allow. */
public final class Budget {
    private final Bounds bounds;
    private long members;
    private long bytes;

    public Budget(Bounds bounds) {
        this.bounds = bounds;
    }

    public Bounds bounds() {
        return bounds;
    }

    /** One more member of a container was seen. */
    public void member() throws BoundMet {
        members++;
        if (members > bounds.members()) {
            throw new BoundMet("more than " + bounds.members() + " members are inside");
        }
    }

    /**
     * Bytes came out of a decompressor.
     *
     * @param produced by this stream so far, the new ones included
     * @param packed bytes that this stream has in all
     */
    public void unpacked(long count, long produced, long packed) throws BoundMet {
        bytes += count;
        if (bytes > bounds.bytes()) {
            throw new BoundMet("more than " + bounds.bytes() + " bytes come out of it");
        }
        if (produced > Bounds.FREE && produced / bounds.ratio() > packed) {
            throw new BoundMet("more than " + bounds.ratio() + " bytes come out of each byte");
        }
    }
}
