package dev.waybill.cli.artifact;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.cli.Session;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Version;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An artifact in a few aligned lines. */
public final class ArtifactText {
    private ArtifactText() {}

    public static String of(Session session, ArtifactInfo artifact) {
        StringBuilder text = new StringBuilder();
        line(text, "digest", artifact.digest().toString());
        line(
                text,
                "application",
                artifact.application() + "  " + session.terminal().digest(artifact.digest()));
        line(text, "commit", artifact.commit().value());
        line(text, "kind", artifact.kind());
        if (!artifact.versions().isEmpty()) {
            line(text, "versions", versions(artifact.versions()));
        }
        line(
                text,
                "registered",
                "by " + artifact.registeredBy() + " via " + artifact.via() + ", "
                        + session.terminal().age(artifact.registeredAt()) + ", ledger entry " + artifact.index());
        return text.toString();
    }

    /** A short reference that means this artifact; the first digits of a commit are enough. */
    public static String name(ApplicationName application, CommitId commit) {
        return application + "@" + commit.value().substring(0, 12);
    }

    public static String versions(List<Version> versions) {
        return versions.isEmpty() ? "-" : versions.stream().map(Version::value).collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
    }
}
