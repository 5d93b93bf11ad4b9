package dev.waybill.doctor.shell;

/** What a command does to the bytes that are delivered. */
public enum Meaning {
    /** Resolves dependencies from a lock file. */
    INSTALL_LOCKED,
    /** Resolves them from a list that may be exact or not. */
    INSTALL_SEMI,
    INSTALL_UNLOCKED,
    TOOL_PINNED,
    TOOL_UNPINNED,
    BUILD,
    PUBLISH,
    DEPLOY,
    /** Gives existing bytes another name or place: promotion, no build. */
    RETAG,
    /** Asks whether an artifact exists. */
    GUARD,
    TEST,
    VERIFY,
    MUTATE,
    PULL,
    ROLLBACK,
    ARTIFACT_IN,
    ARTIFACT_OUT,
    CLONE,
    /** Starts a pipeline elsewhere. */
    TRIGGER,
    APPROVAL,
    /** A script of package.json by name. */
    PACKAGE_SCRIPT,
    MAKE_TARGET,
    /** Known, and of no matter here. */
    NEUTRAL
}
