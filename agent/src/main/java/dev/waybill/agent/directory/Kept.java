package dev.waybill.agent.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.agent.driver.Order;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release that lies on this host, made from verified bytes.
 *
 * @param directory where it lies among the releases; an offline rollback's later number shares the directory of the release
 *     that it brought back
 * @param files every file as it was staged
 * @param rollbackTo the earlier release that this one brought back: those between the two were left
 */
public record Kept(
        ReleaseId release,
        String directory,
        Digest artifact,
        CommitId commit,
        long configurationVersion,
        Order.Contents contents,
        List<StagedFile> files,
        State state,
        @Nullable Long rollbackTo) {
    /** What is known of it. Only good releases are gone back to. */
    public enum State {
        @JsonProperty("staged")
        STAGED,
        @JsonProperty("good")
        GOOD,
        @JsonProperty("failed")
        FAILED
    }

    /** @param path relative to the release's directory, with / */
    public record StagedFile(String path, Digest digest) {}

    public long number() {
        return release.number();
    }

    Kept as(State newState) {
        return new Kept(
                release, directory, artifact, commit, configurationVersion, contents, files, newState, rollbackTo);
    }
}
