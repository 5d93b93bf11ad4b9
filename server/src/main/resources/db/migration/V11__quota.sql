-- What a repository holds is summed up from its links: no counter that pushes change. Covering, so that no row is looked up.
CREATE INDEX repo_blob_by_size ON repo_blob (repository, size);
CREATE INDEX manifest_by_size ON manifest (repository, size);
