package dev.waybill.core.merkle;

/** Where the bytes of tiles are read from; throws when the tile is not there. */
@FunctionalInterface
public interface TileSource {
    byte[] bytes(Tile tile);
}
