package dev.waybill.server.ledger;

import dev.waybill.server.db.Database;
import dev.waybill.server.tile.FileTileStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens a ledger whose keys and tiles are files under the server's data directory. */
public final class FileLedger {
    private static final Logger LOG = Logger.getLogger(FileLedger.class.getName());

    private FileLedger() {}

    /**
     * Opens the ledger in this database; the first start makes the keys and logs them.
     *
     * @param data the server's data directory; {@code keys/} and {@code ledger/} are below it
     * @param origin the host name the ledger shall have; null keeps or derives it
     */
    public static Ledger open(Database database, Path data, @Nullable String origin, Clock clock) {
        LedgerStore store = new SqlLedgerStore();
        boolean first = database.read(tx -> store.head(tx).size() == 0);
        Keys keys = Keys.load(new FileKeyStore(data.resolve("keys")), origin, first);
        Ledger ledger = Ledger.open(database, store, keys, new FileTileStore(data.resolve("ledger")), clock);
        ledger.readOnly()
                .ifPresent(why -> LOG.severe("The ledger is read-only. " + why.code() + ": " + why.sentence()));
        return ledger;
    }
}
