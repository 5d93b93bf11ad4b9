package dev.waybill.cli.artifact;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.TagRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill tag}. */
@Command(name = "tag", description = "Give a version to a digest.")
@SuppressWarnings("NullAway.Init")
public final class TagCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The name it gets.")
    private Version version;

    public TagCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ArtifactInfo artifact = session.client().artifacts().tag(new TagRequest(ref, version));
        session.answer(artifact, () -> ArtifactText.of(session, artifact));
        String name = artifact.application() + ":" + version;
        session.closing(name + " is " + artifact.digest() + ".", "waybill promote " + name + " --to ENV");
        return Exit.DONE;
    }
}
