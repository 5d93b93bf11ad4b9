package dev.waybill.api.client;

import dev.waybill.api.artifact.ApplicationInfo;
import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.artifact.TagRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** Registrations, references and versions. */
public record ArtifactCalls(Connection connection) {
    private static final String APPLICATIONS = "/api/v1/applications";

    public ArtifactInfo register(RegistrationRequest request) {
        return connection.send("POST", "/api/v1/registrations", request, ArtifactInfo.class);
    }

    public List<ApplicationInfo> applications() {
        return connection.list(APPLICATIONS, ApplicationInfo.class);
    }

    /** The artifact of a commit, if it has one (law 2). */
    public Optional<ArtifactInfo> ofCommit(ApplicationName application, CommitId commit) {
        try {
            String path = Paths.at(APPLICATIONS)
                    .with(application)
                    .with("commits")
                    .with(commit)
                    .toString();
            return Optional.of(connection.get(path, ArtifactInfo.class));
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.NotFound(String code, String t, String m, String n)
                    && code.equals("ARTIFACT_UNKNOWN")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Newest first; an application that nobody has registered anything for has none. */
    public List<ArtifactInfo> newest(ApplicationName application, int limit) {
        String path = Paths.at(APPLICATIONS)
                .with(application)
                .with("artifacts")
                .query("limit", limit)
                .toString();
        return connection.list(path, ArtifactInfo.class);
    }

    public Resolved resolve(String ref) {
        return connection.get(Paths.at("/api/v1/resolve").query("ref", ref).toString(), Resolved.class);
    }

    public ArtifactInfo tag(TagRequest request) {
        return connection.send("POST", "/api/v1/tags", request, ArtifactInfo.class);
    }
}
