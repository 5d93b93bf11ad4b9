package dev.waybill.server.agent;

import dev.waybill.api.deploy.RetirementRequest;
import dev.waybill.api.deploy.RetirementView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.KeyRegister;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * An agent leaves: its key counts for nothing from here on in the ledger, its tokens are nobody's, its targets are waited for
 * no longer. All of it in one transaction, whose statement is the news that promotions follow.
 */
public final class Retirement {
    private static final int TRIES = 50;
    private static final int LONGEST = 1000;

    private final Database database;
    private final Ledger ledger;
    private final Tokens tokens;
    private final Clock clock;
    private final AgentStore store = new SqlAgentStore();
    private final OwnTargets targets = new OwnTargets();

    public Retirement(Database database, Ledger ledger, Tokens tokens, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Retires the agent; one that was retired before answers as it did then. {@code AGENT_NAME_UNKNOWN}. */
    public RetirementView retire(AgentName name, RetirementRequest request, ActorName by) {
        requireReason(name, request.why());
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<AgentRow> row = database.read(tx -> store.agent(tx, name));
            if (row.isEmpty()) {
                return database.read(tx -> before(tx, name)).orElseThrow(() -> unknown(name));
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            KeyChange says = new KeyChange(
                    "retired",
                    KeyRole.AGENT,
                    Agents.holder(name),
                    row.get().publicKey(),
                    row.get().slots(),
                    now,
                    by,
                    request.why());
            Signed signed = sign(says);
            boolean won = database.write(tx -> {
                if (!store.agent(tx, name).equals(row)) {
                    return false;
                }
                ledger.append(tx, signed);
                tokens.revokeAll(tx, Agents.actorName(name), now);
                targets.removeAll(tx, name);
                store.remove(tx, name);
                return true;
            });
            if (won) {
                return view(name, signed, says);
            }
        }
        throw new Problem.Conflict(
                        "AGENT_BUSY",
                        "Retiring the agent " + name,
                        "it enrols again and again.",
                        "Find out who holds invitations for it, then retire it again.")
                .exception();
    }

    private Signed sign(KeyChange says) {
        byte[] key = Base64.getDecoder().decode(says.publicKey());
        return ledger.keys().record().sign(Statement.of(says, Subject.of(says.holder(), KeyRegister.subject(key))));
    }

    /** The last retirement under this name. */
    private Optional<RetirementView> before(Tx tx, AgentName name) {
        return ledger.register().all(tx).stream()
                .filter(key -> key.holder().equals(Agents.holder(name)) && !key.inService())
                .reduce((_, later) -> later)
                .map(KnownKey::until)
                .flatMap(index -> ledger.after(tx, index - 1, 1).stream().findFirst())
                .map(entry -> view(name, entry));
    }

    private static RetirementView view(AgentName name, Entry entry) {
        return view(name, entry.signed(), entry.statement().predicate(KeyChange.class, PredicateTypes.KEY));
    }

    private static RetirementView view(AgentName name, Signed signed, KeyChange says) {
        return new RetirementView(name, says.slots(), says.by(), says.why(), says.at(), signed.id());
    }

    private static void requireReason(AgentName name, String why) {
        if (why.isBlank() || why.length() > LONGEST) {
            throw new Problem.Malformed(
                            "RETIREMENT_INVALID",
                            "Retiring the agent " + name,
                            "a reason has 1 to " + LONGEST + " characters.",
                            "Say why: `waybill agent retire " + name + " --why TEXT`.")
                    .exception();
        }
    }

    private static ProblemException unknown(AgentName name) {
        return new Problem.NotFound(
                        "AGENT_NAME_UNKNOWN",
                        "Retiring the agent " + name,
                        "none of that name was ever enrolled.",
                        "List them: `waybill agent list`.")
                .exception();
    }
}
