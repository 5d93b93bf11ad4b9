-- The ledger. Entries are contiguous from 0; the tree row is changed with each of them in the same transaction.
-- The payload stands apart from the entry, so that it can be erased without touching the tree.

CREATE TABLE ledger_entry (
    idx              BIGINT PRIMARY KEY,
    leaf_hash        BYTEA NOT NULL,
    body             BYTEA NOT NULL,
    statement_sha256 TEXT NOT NULL UNIQUE,
    predicate_type   TEXT NOT NULL,
    at               BIGINT NOT NULL
);

CREATE INDEX ledger_entry_type ON ledger_entry (predicate_type, idx);

CREATE TABLE ledger_statement (
    sha256     TEXT PRIMARY KEY,
    payload    BYTEA NOT NULL,
    signature  BYTEA NOT NULL,
    public_key BYTEA NOT NULL
);

CREATE TABLE ledger_subject (
    digest         TEXT NOT NULL,
    predicate_type TEXT NOT NULL,
    idx            BIGINT NOT NULL,
    PRIMARY KEY (digest, predicate_type, idx)
);

-- One row: how many entries, their root and the roots of the complete subtrees, all hashes in base64.
CREATE TABLE ledger_tree (
    id            INTEGER PRIMARY KEY,
    size          BIGINT NOT NULL,
    root          TEXT NOT NULL,
    compact_range TEXT NOT NULL
);

INSERT INTO ledger_tree (id, size, root, compact_range)
VALUES (1, 0, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'AAAAAAAAAAA=');

CREATE TABLE checkpoint (
    size         BIGINT PRIMARY KEY,
    root         TEXT NOT NULL,
    note         TEXT NOT NULL,
    published_at BIGINT NOT NULL
);
