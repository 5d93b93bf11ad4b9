-- What people set before anything moves: pipelines for applications, configuration for slots. Append-only.
CREATE TABLE pipeline (
    application TEXT NOT NULL,
    version     BIGINT NOT NULL,
    statement   TEXT NOT NULL UNIQUE,
    PRIMARY KEY (application, version)
);

CREATE TABLE configuration (
    slot      TEXT NOT NULL,
    version   BIGINT NOT NULL,
    statement TEXT NOT NULL UNIQUE,
    PRIMARY KEY (slot, version)
);

-- Values and the keys of their commitments, encrypted under a key that is not in this database.
CREATE TABLE configuration_value (
    slot    TEXT NOT NULL,
    version BIGINT NOT NULL,
    name    TEXT NOT NULL,
    sealed  BYTEA NOT NULL,
    PRIMARY KEY (slot, version, name)
);

-- Promotions. body is the state machine's state; sequence grows with every change.
CREATE TABLE promotion (
    id         TEXT PRIMARY KEY,
    slot       TEXT NOT NULL,
    artifact   TEXT NOT NULL,
    place      BIGINT NOT NULL,
    state      TEXT NOT NULL,
    body       TEXT NOT NULL,
    summary    TEXT,
    release_no BIGINT,
    look_again BIGINT,
    decided_at BIGINT,
    sequence   BIGINT NOT NULL
);

CREATE INDEX promotion_slot ON promotion (slot, place);
CREATE INDEX promotion_state ON promotion (state);
CREATE UNIQUE INDEX promotion_release ON promotion (slot, release_no);

-- Releases: a gap-free chain per slot. outcome is what is known of the deployment.
CREATE TABLE slot_release (
    slot      TEXT NOT NULL,
    number    BIGINT NOT NULL,
    artifact  TEXT NOT NULL,
    statement TEXT NOT NULL UNIQUE,
    body      TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    PRIMARY KEY (slot, number)
);

CREATE INDEX slot_release_artifact ON slot_release (artifact);

-- What agents deploy to, and what they last said: an observation that still held at that time.
CREATE TABLE slot_target (
    slot              TEXT NOT NULL,
    agent             TEXT NOT NULL,
    target            TEXT NOT NULL,
    heard_observation TEXT,
    heard_until       BIGINT,
    PRIMARY KEY (slot, agent, target)
);

-- Ledger places of deployments and observations by slot; complete below promotion_follower.next_index.
CREATE TABLE movement (
    slot TEXT NOT NULL,
    idx  BIGINT NOT NULL,
    PRIMARY KEY (slot, idx)
);

CREATE TABLE promotion_follower (
    id         INTEGER PRIMARY KEY,
    next_index BIGINT NOT NULL
);

INSERT INTO promotion_follower (id, next_index) VALUES (1, 0);
