package dev.waybill.server.release;

import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import java.util.List;
import java.util.Locale;

/**
 * A release.
 *
 * @param statement id of the statement that says it
 * @param outcome what is known of its deployment
 */
public record Release(Digest statement, ReleaseMade says, Outcome outcome) {
    /** What became of it. Once a target failed, nothing makes it succeed. */
    public enum Outcome {
        NONE,
        DEPLOYING,
        SUCCEEDED,
        FAILED,
        RETURNED,
        DOWN,
        /** The next release was made before every target had this one: those that did not have it never get it. */
        SUPERSEDED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        public static Outcome of(Deployment.Outcome outcome) {
            return switch (outcome) {
                case SUCCEEDED -> SUCCEEDED;
                case FAILED -> FAILED;
                case RETURNED -> RETURNED;
                case DOWN -> DOWN;
            };
        }

        /** Final, and not good: a later release may bring the same bytes again. */
        public boolean isFailure() {
            return this == FAILED || this == RETURNED || this == DOWN;
        }
    }

    public ReleaseId id() {
        return new ReleaseId(says.slot(), says.number());
    }

    /** True if this brings the same bytes with the same configuration. */
    public boolean isSame(Digest artifact, long configurationVersion) {
        return says.artifact().equals(artifact) && says.configurationVersion() == configurationVersion;
    }

    public ReleaseView view(List<Version> versions) {
        return new ReleaseView(
                id(),
                says.artifact(),
                says.commit(),
                versions,
                says.configurationVersion(),
                says.cause(),
                says.rollbackTo(),
                says.why(),
                says.by(),
                says.at(),
                statement,
                says.summary(),
                outcome.label());
    }
}
