package dev.waybill.server.identity;

import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where tokens are kept: hashes, never the tokens. */
interface TokenStore {
    void insert(Tx tx, Token token);

    /** The token with this hash, unless revoked or expired at {@code now}. */
    Optional<Token> findValid(Tx tx, String sha256, Instant now);

    /** The token with this id, unless revoked or expired at {@code now}. */
    Optional<Token> byId(Tx tx, String id, Instant now);

    /** The token with this hash, in service or not. */
    Optional<Token> find(Tx tx, String sha256);

    /** All tokens, oldest first. */
    List<Token> all(Tx tx);

    /** True when there is any, even one that cannot be read. */
    boolean any(Tx tx);

    /** True if there was such a token and it was not revoked yet. */
    boolean revoke(Tx tx, String id, Instant at);

    /** Takes a one-time token out of service for ever; false if somebody was faster. */
    boolean spend(Tx tx, String id, Instant at);
}
