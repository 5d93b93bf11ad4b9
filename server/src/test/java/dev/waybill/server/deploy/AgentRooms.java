package dev.waybill.server.deploy;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.agent.Silence;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Database;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;

/** The rooms where agents meet the server, on a database of their own, for the contracts of both. */
public final class AgentRooms implements AutoCloseable {
    public final Database database;
    public final Ledger ledger;
    public final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
    public final Tokens tokens;
    public final Agents agents;
    public final Reports reports;
    public final DesiredReleases desired;
    public final Targets targets;

    public AgentRooms(Database database, Path data) {
        this.database = database;
        this.ledger = FileLedger.open(database, data, null, clock);
        this.tokens = new Tokens(database, clock);
        this.agents = new Agents(database, ledger, tokens, clock);
        this.reports = new Reports(database, ledger, agents, clock);
        this.desired = new DesiredReleases(database, ledger, agents, (tx, slot, version) -> Configurations.Opened.NONE);
        this.targets = new Targets(database, ledger, agents, clock, Silence.LEAST);
    }

    /** A key that an agent made on its host. */
    public static SigningKey key() {
        KeyPair pair = SigningKey.generate();
        return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }

    /** What an agent sends. */
    public static SignedBody body(SigningKey by, Predicate predicate, Digest artifact) {
        Signed signed = by.sign(Statement.of(predicate, Subject.of("artifact", artifact)));
        Base64.Encoder base64 = Base64.getEncoder();
        return new SignedBody(
                base64.encodeToString(signed.payload()),
                base64.encodeToString(signed.signature()),
                base64.encodeToString(signed.publicKey()));
    }

    /** The identity of what an agent sends. */
    public static Digest id(SignedBody body) {
        return Reports.signed(body).id();
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }
}
