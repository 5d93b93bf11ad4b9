package dev.waybill.core.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The config blob of a packed artifact (OCI image-spec, manifest.md, "config"). Only what follows from the commit: no time,
 * host, user or version name.
 *
 * @param run how to start it, null when an agent does not
 * @param config keys that it needs; values never
 */
public record ArtifactConfig(
        ApplicationName application,
        CommitId commit,
        Kind kind,
        @Nullable Run run,
        ConfigurationContract config) {
    public static final String MEDIA_TYPE = "application/vnd.waybill.config.v1+json";

    /** What the layers are. */
    public enum Kind {
        JAR,
        ZIP,
        TAR,
        BINARY,
        DIRECTORY;

        /** The manifest's {@code artifactType}. */
        public String artifactType() {
            return "application/vnd.waybill." + label() + ".v1";
        }

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Kind parse(String label) {
            for (Kind kind : values()) {
                if (kind.label().equals(label)) {
                    return kind;
                }
            }
            throw new Problem.Malformed(
                            "ARTIFACT_KIND_INVALID",
                            "Reading the kind of artifact '" + label + "'",
                            "it is jar, zip, tar, binary or directory.",
                            "Use one of these.")
                    .exception();
        }
    }

    /** Refuses what a later version may have added: an agent that does not know a need must not start the artifact. */
    public static ArtifactConfig read(byte[] blob) {
        return Json.read(blob, ArtifactConfig.class);
    }

    /** The blob. Equal values are equal bytes. */
    public byte[] bytes() {
        return Json.write(this);
    }

    public Digest digest() {
        return Digest.sha256(bytes());
    }
}
