-- One SQL text for SQLite and PostgreSQL. Times are epoch milliseconds, digests lower-case hex or algorithm:hex.

CREATE TABLE token (
    id         TEXT PRIMARY KEY,
    sha256     TEXT NOT NULL UNIQUE,
    actor      TEXT NOT NULL,
    one_time   BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);
