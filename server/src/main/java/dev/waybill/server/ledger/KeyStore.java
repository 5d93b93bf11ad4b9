package dev.waybill.server.ledger;

import java.util.Optional;

/** Where the server's private keys and its origin are kept. */
interface KeyStore {
    Optional<String> read(String name);

    /** Durable on return; whole or not at all. */
    void write(String name, String content);
}
