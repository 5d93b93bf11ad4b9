package dev.waybill.doctor.check;

import java.util.List;

/** The checks: number, name, level, cause as the practice names it, and what to do. */
public enum Rule {
    WB101(
            "rebuild-job",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Build in one job, hand the artifact or its digest on, and let every deploy job need it."),
    WB102(
            "rebuild-matrix",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Build outside the matrix; keep only the deploy step in it."),
    WB103(
            "rebuild-called",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Move the build into a job of its own with an output, and call only the deployment per environment."),
    WB104(
            "rebuild-branch",
            Finding.Level.ERROR,
            "environment branches",
            "Build on the trunk and promote by digest; a branch may stay as a pointer."),
    WB105(
            "rebuild-workflow",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Look the digest up by commit and deploy or retag it instead of building again."),
    WB106(
            "remote-build",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Build the package once and give the platform the packaged form."),
    WB107(
            "env-baked-build",
            Finding.Level.ERROR,
            "configuration embedded in artifacts",
            "Read the value when the program starts, not when it is built."),
    WB109(
            "env-scoped-build",
            Finding.Level.WARNING,
            "configuration embedded in artifacts",
            "Take the environment binding off the build job."),
    WB111(
            "unsound-skip",
            Finding.Level.WARNING,
            "artifacts rebuilt per environment",
            "Key the question on the commit, and build only on an exact not-found."),
    WB201(
            "deploy-installs-app",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Install in the build job; deploy what it made."),
    WB202(
            "deploy-installs-tool",
            Finding.Level.WARNING,
            "snowflake environments",
            "Use an image that contains the tool, pinned."),
    WB203(
            "deploy-compiles",
            Finding.Level.ERROR,
            "artifacts rebuilt per environment",
            "Split building from deploying and hand the artifact over."),
    WB205(
            "no-hand-over",
            Finding.Level.WARNING,
            "missing deployment pipeline",
            "Give the deployment an artifact or a digest that an earlier job made."),
    WB301(
            "mutable-deploy-ref",
            Finding.Level.ERROR,
            "immutable artifacts",
            "Deploy by digest, or by a tag that contains the commit and is never pushed again."),
    WB302(
            "tag-repush",
            Finding.Level.ERROR,
            "immutable artifacts",
            "Build a commit once; on the tag, look the image up and add a name to it."),
    WB401(
            "unlocked-install",
            Finding.Level.WARNING,
            "deterministic pipeline",
            "Install from the lock file, and give tools an exact version."),
    WB405("ci-reuse", Finding.Level.WARNING, "deterministic pipeline", "Pin the image, orb or template."),
    WB501(
            "no-test-before-deploy",
            Finding.Level.WARNING,
            "missing deployment pipeline",
            "Let the deployment need the job that tests the same artifact."),
    WB502(
            "order-not-enforced",
            Finding.Level.NOTE,
            "missing deployment pipeline",
            "Let production need the environment before it."),
    WB503(
            "gate-missing",
            Finding.Level.NOTE,
            "missing deployment pipeline",
            "A gate is a choice; approval does not protect bytes."),
    WB601(
            "opaque",
            Finding.Level.NOTE,
            "not visible",
            "Say in the pipeline what is deployed, or keep the called file in the repository.");

    private final String title;
    private final Finding.Level level;
    private final String cause;
    private final String advice;

    Rule(String title, Finding.Level level, String cause, String advice) {
        this.title = title;
        this.level = level;
        this.cause = cause;
        this.advice = advice;
    }

    public String title() {
        return title;
    }

    Finding found(String message, List<String> environments, List<Finding.Chain> chains) {
        return found(Verdict.YES, message, environments, chains);
    }

    Finding found(Verdict verdict, String message, List<String> environments, List<Finding.Chain> chains) {
        return new Finding(
                name(), level, verdict, message, List.copyOf(environments), List.copyOf(chains), cause, advice);
    }
}
