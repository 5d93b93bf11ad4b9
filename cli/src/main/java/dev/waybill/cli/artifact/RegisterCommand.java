package dev.waybill.cli.artifact;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Person;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill register}: ties an image that another tool built and pushed to its application and commit. */
@Command(name = "register", description = "Register an image that another tool built and pushed.")
@SuppressWarnings("NullAway.Init")
public final class RegisterCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "IMAGE@DIGEST", description = "The pushed image, by digest.")
    private String image;

    @Option(names = "--application", required = true, paramLabel = "A", description = "The application.")
    private ApplicationName application;

    @Option(names = "--commit", required = true, paramLabel = "C", description = "The full commit id.")
    private CommitId commit;

    @Option(names = "--repository", paramLabel = "URL", description = "Where the commit lives; recorded only.")
    private @Nullable String repository;

    @Option(
            names = "--author",
            paramLabel = "NAME <EMAIL>",
            description = "The commit's author, as it states him or her.")
    private @Nullable String author;

    public RegisterCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Digest digest = Digest.parse(image.substring(image.lastIndexOf('@') + 1));
        Person person = author == null ? null : Persons.parse(author);
        ArtifactInfo artifact = session.client()
                .artifacts()
                .register(new RegistrationRequest(
                        application, commit, digest, repository, person, person, List.of(), "register", null));
        session.answer(artifact, () -> ArtifactText.of(session, artifact));
        session.closing(
                artifact.fresh() ? "Registered " + digest + "." : "It was registered before; nothing changed.",
                "waybill promote " + ArtifactText.name(application, commit) + " --to ENV");
        return Exit.DONE;
    }
}
