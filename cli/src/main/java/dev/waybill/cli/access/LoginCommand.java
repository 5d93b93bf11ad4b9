package dev.waybill.cli.access;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.identity.ServerInfo;
import dev.waybill.api.identity.WhoAmI;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.home.Login;
import dev.waybill.cli.terminal.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill login}: checks the token, pins the server's keys, keeps both. */
@Command(name = "login", description = "Log in to a server: keep its address and a token, pin its keys.")
@SuppressWarnings("NullAway.Init")
public final class LoginCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "URL", description = "The server's address, such as http://localhost:8080.")
    private String url;

    @Option(names = "--token", paramLabel = "T", description = "The token; without it, it is read from standard input.")
    private @Nullable String token;

    @Option(names = "--replace-trust", description = "Accept other keys than those pinned for this server before.")
    private boolean replaceTrust;

    public LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        String text = token == null ? new String(session.in().readNBytes(4096), StandardCharsets.UTF_8).strip() : token;
        WaybillClient client = session.client(Session.uri(url), text);
        URI server = client.connection().base();
        ServerInfo info = client.identity().server();
        WhoAmI who = client.identity().whoAmI();
        byte[] trust = client.ledger().trust();
        Pins.check(session.home(), server, trust, replaceTrust);
        session.home().pin(server, trust);
        session.home().keep(new Login(server.toString(), text));
        session.answer(
                who,
                () -> new Table(session.style(), "ACTOR", "ROLES", "SERVER", "LEDGER")
                        .row(who.actor(), Grants.words(who.grants()), info.version(), info.origin())
                        .toString());
        session.closing(
                "Logged in to " + server + " as " + who.actor() + "; the ledger's keys are pinned.", "waybill running");
        return Exit.DONE;
    }
}
