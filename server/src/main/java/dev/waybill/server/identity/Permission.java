package dev.waybill.server.identity;

/** What a route demands. */
public enum Permission {
    /** See what is there. */
    READ,
    /** See figures of the whole server; whoever reads everything. */
    MEASURE,
    /** Push, register, test, attest. */
    BUILD,
    /** Promote, tag, hold, pin, veto, roll back. */
    PROMOTE,
    /** Approve and reject. */
    APPROVE,
    /** Set configuration and secrets. */
    CONFIGURE,
    /** Take releases with their secrets, report deployments and observations. */
    DEPLOY,
    /** Apply pipelines, grant, enrol. */
    ADMINISTER
}
