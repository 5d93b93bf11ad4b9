-- How far statements about artifacts were stored beside them in the registry. Without the row it begins again, to the same end.
CREATE TABLE referrer_follower (
    id         INTEGER PRIMARY KEY,
    next_index BIGINT NOT NULL
);
