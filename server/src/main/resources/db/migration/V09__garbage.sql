-- What was taken out of a repository. Its bytes stay until restorable_until, so that it may come back; a manifest's row
-- stays for ever and says what became of it.
CREATE TABLE tombstone (
    repository       TEXT NOT NULL,
    digest           TEXT NOT NULL,
    kind             TEXT NOT NULL,
    media_type       TEXT,
    size             BIGINT NOT NULL,
    removed_at       BIGINT NOT NULL,
    removed_by       TEXT NOT NULL,
    why              TEXT NOT NULL,
    restorable_until BIGINT NOT NULL,
    gone_at          BIGINT,
    PRIMARY KEY (repository, digest)
);
CREATE INDEX tombstone_by_digest ON tombstone (digest);
CREATE INDEX tombstone_by_end ON tombstone (restorable_until);
CREATE INDEX manifest_by_push ON manifest (repository, pushed_at);

-- When the bytes of a digest were last read as a whole, and whether they were what their name says.
CREATE TABLE blob_check (
    digest     TEXT PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    whole      BOOLEAN NOT NULL
);
CREATE INDEX blob_check_by_age ON blob_check (checked_at);
