package dev.waybill.agent.driver;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.project.Run;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release to apply. All of it was verified, and every byte of {@code contents} lies in the content store.
 *
 * @param rollbackTo the earlier release that it brings back, null for a promotion
 */
public record Order(
        ReleaseId release,
        Digest artifact,
        CommitId commit,
        long configurationVersion,
        Map<String, ConfigurationValue> configuration,
        Contents contents,
        @Nullable Long rollbackTo) {
    /** What the manifest says: the files, how to run them, and every blob that the release needs to be kept. */
    public record Contents(Run run, List<PackedFile> files, List<Digest> blobs) {
        public Contents {
            files = List.copyOf(files);
            blobs = List.copyOf(blobs);
        }
    }

    /** What a layer becomes on the host. */
    public enum Form {
        @JsonProperty("file")
        FILE,
        /** A file that has to be executable. */
        @JsonProperty("program")
        PROGRAM,
        /** A tar whose entries carry the directory's name themselves. */
        @JsonProperty("directory")
        DIRECTORY
    }

    /** @param path where the file belongs; for a directory the title of its tar, which names nothing on the host */
    public record PackedFile(String path, Digest digest, Form form) {}
}
