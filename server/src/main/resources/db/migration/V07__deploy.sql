-- Agents, what they said, and what shall run. What a row says stands in its statement; rows are for finding it.
CREATE TABLE agent (
    name        TEXT PRIMARY KEY,
    public_key  TEXT NOT NULL,
    slots       TEXT NOT NULL,
    statement   TEXT NOT NULL,
    enrolled_at BIGINT NOT NULL
);

-- Invitations that were not used yet; the token itself is in its own table, hashed.
CREATE TABLE agent_invitation (
    agent TEXT PRIMARY KEY,
    slots TEXT NOT NULL
);

-- heartbeat is the latest sign of life, signed; wanted_at is set while somebody waits for a fresh observation.
CREATE TABLE agent_target (
    agent     TEXT NOT NULL,
    target    TEXT NOT NULL,
    slot      TEXT NOT NULL,
    heartbeat BYTEA,
    heard_at  BIGINT,
    wanted_at BIGINT,
    PRIMARY KEY (agent, target)
);

CREATE INDEX agent_target_slot ON agent_target (slot);

-- Gap-free chains per agent and target.
CREATE TABLE deployment (
    agent     TEXT NOT NULL,
    target    TEXT NOT NULL,
    number    BIGINT NOT NULL,
    slot      TEXT NOT NULL,
    statement TEXT NOT NULL UNIQUE,
    idx       BIGINT NOT NULL,
    PRIMARY KEY (agent, target, number)
);

CREATE INDEX deployment_slot ON deployment (slot, idx);

CREATE TABLE observation (
    agent     TEXT NOT NULL,
    target    TEXT NOT NULL,
    number    BIGINT NOT NULL,
    slot      TEXT NOT NULL,
    statement TEXT NOT NULL UNIQUE,
    idx       BIGINT NOT NULL,
    PRIMARY KEY (agent, target, number)
);

CREATE INDEX observation_slot ON observation (slot, idx);

-- The newest release of each slot, followed from the ledger; complete below deploy_follower.next_index.
CREATE TABLE desired (
    slot      TEXT PRIMARY KEY,
    number    BIGINT NOT NULL,
    statement TEXT NOT NULL UNIQUE
);

CREATE TABLE deploy_follower (
    id         INTEGER PRIMARY KEY,
    next_index BIGINT NOT NULL
);

INSERT INTO deploy_follower (id, next_index) VALUES (1, 0);
