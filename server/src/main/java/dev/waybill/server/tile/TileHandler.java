package dev.waybill.server.tile;

import dev.waybill.core.merkle.Tile;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;

/** The files for others: C2SP tlog-tiles under {@code /ledger/}. */
public final class TileHandler {
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private final TileStore tiles;

    public TileHandler(TileStore tiles) {
        this.tiles = tiles;
    }

    public void addTo(Routes routes) {
        Permit read = Permit.need(Permission.READ);
        routes.get("/ledger/checkpoint", read, this::checkpoint);
        routes.get("/ledger/tile/<path>", read, this::tile);
    }

    private void checkpoint(Call call) {
        byte[] note = tiles.checkpoint().orElseThrow(() -> unknown("no checkpoint is published yet."));
        call.context().header("Cache-Control", "no-cache");
        call.send(200, "text/plain; charset=utf-8", note);
    }

    private void tile(Call call) {
        Tile tile = call.path("path", TileHandler::tile);
        byte[] bytes =
                tiles.read(tile).orElseThrow(() -> unknown(tile.path() + " does not exist, or not at this width."));
        call.context().header("Cache-Control", FOR_EVER);
        call.send(200, "application/octet-stream", bytes);
    }

    static Tile tile(String path) {
        return Tile.named(path).orElseThrow(() -> unknown("'" + path + "' is no name of a tile."));
    }

    private static ProblemException unknown(String why) {
        return new Problem.NotFound(
                        "TILE_UNKNOWN",
                        "Reading a file of the ledger",
                        why,
                        "Fetch /ledger/checkpoint, and only tiles of its size.")
                .exception();
    }
}
