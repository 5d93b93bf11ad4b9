-- A name is free again when its agent was retired, and the next agent of that name begins its own chains at number 1. since
-- is the ledger entry that enrolled the agent first: what was said under its name before that was another one's word.
ALTER TABLE agent ADD COLUMN since BIGINT NOT NULL DEFAULT 0;

-- Seconds between heartbeats, as the agent says; 0 when it does not say.
ALTER TABLE agent_target ADD COLUMN every_seconds BIGINT NOT NULL DEFAULT 0;

-- True while heartbeat says something else than the last logged observation and is newer: then it is what is shown.
ALTER TABLE agent_target ADD COLUMN contradicts BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE deployment RENAME TO deployment_before;
CREATE TABLE deployment (
    idx       BIGINT PRIMARY KEY,
    agent     TEXT NOT NULL,
    target    TEXT NOT NULL,
    number    BIGINT NOT NULL,
    slot      TEXT NOT NULL,
    statement TEXT NOT NULL UNIQUE
);
INSERT INTO deployment (idx, agent, target, number, slot, statement)
    SELECT idx, agent, target, number, slot, statement FROM deployment_before;
DROP TABLE deployment_before;
CREATE INDEX deployment_slot ON deployment (slot, idx);
CREATE INDEX deployment_chain ON deployment (agent, target, idx);

ALTER TABLE observation RENAME TO observation_before;
CREATE TABLE observation (
    idx       BIGINT PRIMARY KEY,
    agent     TEXT NOT NULL,
    target    TEXT NOT NULL,
    number    BIGINT NOT NULL,
    slot      TEXT NOT NULL,
    statement TEXT NOT NULL UNIQUE
);
INSERT INTO observation (idx, agent, target, number, slot, statement)
    SELECT idx, agent, target, number, slot, statement FROM observation_before;
DROP TABLE observation_before;
CREATE INDEX observation_slot ON observation (slot, idx);
CREATE INDEX observation_chain ON observation (agent, target, idx);
