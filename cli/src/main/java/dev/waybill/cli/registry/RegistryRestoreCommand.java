package dev.waybill.cli.registry;

import dev.waybill.api.registry.RestoreRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code waybill registry restore}. */
@Command(
        name = "restore",
        description = {
            "Bring back a manifest that was taken out or deleted, with all that it consists of.",
            "Its tags do not come back: give it one, or its time begins anew without."
        })
@SuppressWarnings("NullAway.Init")
public final class RegistryRestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "The repository.")
    private ApplicationName application;

    @Parameters(
            index = "1",
            paramLabel = "DIGEST",
            description = "The manifest's digest, as `waybill registry why` knows it.")
    private String digest;

    public RegistryRestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Digest back = Digest.parse(digest);
        session.client().storage().restore(new RestoreRequest(application, back));
        session.answer(Map.of("repository", application, "digest", back), () -> "");
        session.closing(back.shortHex() + " is in " + application + " again.", "waybill registry why " + back);
        return Exit.DONE;
    }
}
