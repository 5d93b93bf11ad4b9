package dev.waybill.server;

import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.FileBlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.PostgresDatabase;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.identity.AccessTokens;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;

/** What every room stands on. */
record Floor(
        FileDataDirectory data,
        Database database,
        BlobStore blobs,
        Ledger ledger,
        Tokens tokens,
        AccessTokens access,
        Clock clock) {
    static Floor open(ServerConfig config, Clock clock, Opened opened) throws IOException {
        FileDataDirectory data = opened.add(FileDataDirectory.open(config.data()));
        Database database = opened.add(database(config, data));
        BlobStore blobs = new FileBlobStore(data.path().resolve("blobs"));
        Ledger ledger = opened.add(FileLedger.open(database, data.path(), config.origin(), clock));
        Tokens tokens = new Tokens(database, clock);
        AccessTokens access = new AccessTokens(
                tokens, clock, ledger.keys().origin(), config.registry().publicPull());
        return new Floor(data, database, blobs, ledger, tokens, access, clock);
    }

    private static Database database(ServerConfig config, FileDataDirectory data) {
        return config.database() == null
                ? SqliteDatabase.open(data.path().resolve("waybill.sqlite"))
                : PostgresDatabase.open(config.database(), null, null);
    }
}
