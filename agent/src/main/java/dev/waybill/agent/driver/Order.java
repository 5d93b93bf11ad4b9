package dev.waybill.agent.driver;

import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.project.Run;
import java.util.List;
import java.util.Map;

/** A release to apply. All of it was verified, and every byte of {@code contents} lies in the content store. */
public record Order(
        ReleaseId release,
        Digest artifact,
        CommitId commit,
        long configurationVersion,
        Map<String, ConfigurationValue> configuration,
        Contents contents) {
    /** What the manifest says: the files, how to run them, and every blob that the release needs to be kept. */
    public record Contents(Run run, List<PackedFile> files, List<Digest> blobs) {
        public Contents {
            files = List.copyOf(files);
            blobs = List.copyOf(blobs);
        }
    }

    /** @param unpack true when the layer is a tar whose entries belong below {@code path} */
    public record PackedFile(String path, Digest digest, boolean unpack) {}
}
