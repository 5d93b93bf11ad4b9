package dev.waybill.cli.access;

import dev.waybill.api.identity.GrantBody;
import dev.waybill.api.identity.TokenMade;
import dev.waybill.api.identity.TokenRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.EnvironmentName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill token create}. */
@Command(name = "create", description = "Make a token for an actor; its text is shown once.")
@SuppressWarnings("NullAway.Init")
public final class TokenCreateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--actor", required = true, paramLabel = "NAME", description = "Who will show it.")
    private ActorName actor;

    @Option(
            names = "--role",
            paramLabel = "ROLE[:APP[:ENV]]",
            description = "viewer (the default), builder, promoter, approver, configurer or admin; may be repeated.")
    private List<String> roles = List.of("viewer");

    @Option(
            names = "--pull-only",
            paramLabel = "ENV",
            description = "The actor pulls only what was promoted into this environment, with whatever token.")
    private @Nullable EnvironmentName pullOnly;

    @Option(
            names = "--email",
            paramLabel = "E",
            description = "An address under which this actor commits; keeps authors from approving their own work.")
    private List<String> emails = List.of();

    @Option(names = "--days", paramLabel = "N", description = "Expires after so many days (default: never).")
    private @Nullable Long days;

    public TokenCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<GrantBody> grants = roles.stream().map(Grants::parse).toList();
        Long life = days == null ? null : Duration.ofDays(days).toSeconds();
        TokenMade made = session.client().identity().makeToken(new TokenRequest(actor, emails, grants, life, pullOnly));
        session.answer(made, made::token);
        Grants.unknown(session.client(), grants, pullOnly).forEach(session::note);
        if (emails.isEmpty() && grants.stream().anyMatch(grant -> grant.role().equals("approver"))) {
            session.note(
                    "This token can reject, but approve nothing where gates leave out the commit's author, as they do"
                            + " unless told otherwise: without --email nobody can tell whether " + actor
                            + " wrote it. Revoke it (`waybill token revoke " + made.id()
                            + "`) and make one with --email ADDRESS.");
        }
        session.closing(
                "Token " + made.id() + " for " + made.actor() + " (" + Grants.words(grants)
                        + (pullOnly == null ? "" : ", pulls only what is in " + pullOnly) + "), shown this once.",
                "waybill login " + session.client().connection().base() + " --token ...");
        return Exit.DONE;
    }
}
