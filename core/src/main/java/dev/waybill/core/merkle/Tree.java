package dev.waybill.core.merkle;

/** A log at one moment: how many leaves, and their root. */
public record Tree(long size, Hash root) {
    public static final Tree EMPTY = new Tree(0, Hash.EMPTY);
}
