-- One digest may be a manifest and a blob of one repository: each leaves a tombstone of its own.
CREATE TABLE tombstone_each (
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
    PRIMARY KEY (repository, digest, kind)
);
INSERT INTO tombstone_each (repository, digest, kind, media_type, size, removed_at, removed_by, why, restorable_until, gone_at)
    SELECT repository, digest, kind, media_type, size, removed_at, removed_by, why, restorable_until, gone_at FROM tombstone;
DROP TABLE tombstone;
ALTER TABLE tombstone_each RENAME TO tombstone;
CREATE INDEX tombstone_by_digest ON tombstone (digest);

-- Those of manifests stay for ever; a collection asks only for those whose bytes were not seen to yet.
CREATE INDEX tombstone_due ON tombstone (restorable_until, repository, digest, kind) WHERE gone_at IS NULL;
