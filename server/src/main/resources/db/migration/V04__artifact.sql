-- Artifacts. The row of law 2: one artifact for a commit of an application, and one registration for a digest.
CREATE TABLE artifact (
    digest       TEXT PRIMARY KEY,
    application  TEXT NOT NULL,
    commit_id    TEXT NOT NULL,
    registration TEXT NOT NULL,
    statement    TEXT NOT NULL UNIQUE,
    ledger_index BIGINT NOT NULL,
    UNIQUE (application, commit_id)
);

CREATE INDEX artifact_newest ON artifact (application, ledger_index);

-- Everything that an artifact consists of: its own manifest, those below an index, configurations and layers.
CREATE TABLE artifact_part (
    artifact TEXT NOT NULL REFERENCES artifact (digest),
    part     TEXT NOT NULL,
    role     TEXT NOT NULL,
    title    TEXT,
    PRIMARY KEY (artifact, part)
);

CREATE INDEX artifact_part_part ON artifact_part (part);

-- Retention roots: what is kept, and why.
CREATE TABLE keep (
    digest  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    PRIMARY KEY (digest, reason)
);

-- Digests that a decision has let into an environment.
CREATE TABLE permit (
    environment TEXT NOT NULL,
    application TEXT NOT NULL,
    digest      TEXT NOT NULL,
    PRIMARY KEY (environment, application, digest)
);

-- Accounts that may pull only what is permitted for an environment.
CREATE TABLE pull_allowance (
    actor       TEXT NOT NULL,
    environment TEXT NOT NULL,
    PRIMARY KEY (actor, environment)
);

-- The index of the files inside. state: waiting, done, capped (a stated limit was met), unreadable.
CREATE TABLE layer_index (
    digest TEXT PRIMARY KEY,
    state  TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE INDEX layer_index_state ON layer_index (state, digest);

CREATE TABLE file_inside (
    layer  TEXT NOT NULL,
    number INTEGER NOT NULL,
    path   TEXT NOT NULL,
    size   BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (layer, number)
);

CREATE INDEX file_inside_sha256 ON file_inside (sha256);
