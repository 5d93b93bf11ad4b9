package dev.waybill.server.configuration;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Versions of applications' pipelines: which statement each one is. */
interface PipelineStore {
    Optional<Version> newest(Tx tx, ApplicationName application);

    /** Every version there is, oldest first. */
    List<Version> all(Tx tx, ApplicationName application);

    void insert(Tx tx, ApplicationName application, Version version);

    /** Applications that have a pipeline, by name. */
    List<ApplicationName> applications(Tx tx);

    record Version(long number, Digest statement) {}
}
