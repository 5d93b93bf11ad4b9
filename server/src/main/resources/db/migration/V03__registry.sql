-- Repositories (their names are applications'), what is linked in them, manifests, tags. Bytes are never here.

CREATE TABLE repository (
    name       TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE repo_blob (
    repository TEXT NOT NULL,
    digest     TEXT NOT NULL,
    size       BIGINT NOT NULL,
    linked_at  BIGINT NOT NULL,
    PRIMARY KEY (repository, digest)
);
CREATE INDEX repo_blob_by_digest ON repo_blob (digest);

CREATE TABLE manifest (
    repository    TEXT NOT NULL,
    digest        TEXT NOT NULL,
    media_type    TEXT NOT NULL,
    artifact_type TEXT,
    subject       TEXT,
    size          BIGINT NOT NULL,
    annotations   TEXT NOT NULL,
    pushed_at     BIGINT NOT NULL,
    pushed_by     TEXT NOT NULL,
    PRIMARY KEY (repository, digest)
);
CREATE INDEX manifest_by_subject ON manifest (repository, subject, digest);
CREATE INDEX manifest_by_digest ON manifest (digest);

-- What a manifest refers to, in its own order. kind: config, layer, foreign (never stored here) or manifest.
CREATE TABLE manifest_ref (
    repository TEXT NOT NULL,
    manifest   TEXT NOT NULL,
    place      INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    digest     TEXT NOT NULL,
    size       BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    title      TEXT,
    PRIMARY KEY (repository, manifest, place)
);
CREATE INDEX manifest_ref_by_digest ON manifest_ref (repository, digest);

-- A tag that was removed keeps its row: digest is null, last_digest says where it pointed (a released name is not re-used).
CREATE TABLE tag (
    repository  TEXT NOT NULL,
    name        TEXT NOT NULL,
    moves       BIGINT NOT NULL,
    digest      TEXT,
    last_digest TEXT NOT NULL,
    moved_at    BIGINT NOT NULL,
    PRIMARY KEY (repository, name)
);
CREATE INDEX tag_by_digest ON tag (repository, digest);

CREATE TABLE tag_history (
    repository TEXT NOT NULL,
    name       TEXT NOT NULL,
    move       BIGINT NOT NULL,
    digest     TEXT,
    moved_at   BIGINT NOT NULL,
    moved_by   TEXT NOT NULL,
    PRIMARY KEY (repository, name, move)
);
