package dev.waybill.server.tile;

import dev.waybill.core.merkle.Tile;
import dev.waybill.core.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Tiles, entry bundles and the published checkpoint, as everyone may fetch them. All can be derived from the database again. */
public interface TileStore {
    Optional<byte[]> read(Tile tile);

    /** Durable on return. A tile never changes: other bytes under the same name are {@code LEDGER_TILE_DIFFERS}. */
    void put(Tile tile, byte[] bytes);

    /** Every tile and bundle that is there, also partial ones of former sizes, in no order. */
    List<Tile> present();

    /** The note that was published last. */
    Optional<byte[]> checkpoint();

    /** Replaces the published note; durable on return. */
    void publish(byte[] note);

    /** The bytes of a tile that must be there. */
    default byte[] require(Tile tile) {
        return read(tile)
                .orElseThrow(() -> new Problem.Unavailable(
                                "LEDGER_TILE_MISSING",
                                "Reading " + tile.path() + " of the ledger",
                                "the file is not there.",
                                "Restart the server, which derives missing tiles from the database.")
                        .exception());
    }
}
