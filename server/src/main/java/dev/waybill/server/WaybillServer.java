package dev.waybill.server;

import dev.waybill.api.WaybillVersion;
import dev.waybill.api.identity.ServerInfo;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.agent.AgentAudit;
import dev.waybill.server.artifact.ArtifactAudit;
import dev.waybill.server.artifact.ArtifactHandler;
import dev.waybill.server.artifact.FilesInside;
import dev.waybill.server.artifact.SqlDecisionAudit;
import dev.waybill.server.configuration.ConfigurationHandler;
import dev.waybill.server.configuration.PipelineHandler;
import dev.waybill.server.deploy.DeployAudit;
import dev.waybill.server.deploy.DeployHandler;
import dev.waybill.server.distribution.Challenges;
import dev.waybill.server.distribution.Copies;
import dev.waybill.server.distribution.RegistryHandler;
import dev.waybill.server.distribution.RepositoryHandler;
import dev.waybill.server.distribution.TokenHandler;
import dev.waybill.server.evidence.EvidenceHandler;
import dev.waybill.server.garbage.GarbageHandler;
import dev.waybill.server.garbage.SqlTombstoneAudit;
import dev.waybill.server.history.OutcomeAudit;
import dev.waybill.server.history.SqlMovementAudit;
import dev.waybill.server.http.Credentials;
import dev.waybill.server.http.Gate;
import dev.waybill.server.http.MetricsHandler;
import dev.waybill.server.http.OpenApiHandler;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.TokensHandler;
import dev.waybill.server.http.Web;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.InsightHandler;
import dev.waybill.server.layer.LayerAudit;
import dev.waybill.server.ledger.LedgerHandler;
import dev.waybill.server.ledger.LedgerVerify;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.promotion.PromotionAudit;
import dev.waybill.server.registry.ManifestAudit;
import dev.waybill.server.release.ReleaseAudit;
import dev.waybill.server.tag.TagAudit;
import dev.waybill.server.traffic.Meters;
import dev.waybill.server.traffic.RateLimits;
import dev.waybill.server.ui.Desk;
import dev.waybill.server.ui.Pages;
import dev.waybill.server.ui.Yard;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The server, whole. Built from the floor up; closed from the roof down. */
public final class WaybillServer implements AutoCloseable {
    private final Opened opened = new Opened();
    private final ServerConfig config;
    private final Tokens tokens;
    private final Routes routes = new Routes();
    private final int port;

    public static WaybillServer start(ServerConfig config) {
        return new WaybillServer(config);
    }

    private WaybillServer(ServerConfig config) {
        this.config = config;
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        try {
            Floor floor = Floor.open(config, clock, opened);
            this.tokens = floor.tokens();
            Rooms rooms = Rooms.over(floor, config, opened);
            RateLimits limits = new RateLimits(config.rates(), clock);
            routes(floor, rooms, limits);
            Credentials credentials = new Credentials(tokens, floor.access());
            Meters meters = new Meters();
            Gate gate = new Gate(limits, meters, config.behindProxy());
            new Figures(meters, floor, rooms).add();
            new MetricsHandler(meters).addTo(routes);
            Web web = opened.add(new Web(routes, credentials, Pages.errors(clock), gate));
            floor.ledger().start();
            rooms.layers().start();
            rooms.referrers().start();
            rooms.promotion().follower().start();
            opened.add(rooms.garbage().upkeep()).start();
            this.port = web.start(config.host(), config.port());
        } catch (IOException e) {
            close();
            throw unusable(e);
        } catch (UncheckedIOException e) {
            close();
            throw unusable(Objects.requireNonNullElse(e.getCause(), new IOException(e)));
        } catch (ProblemException e) {
            close();
            throw e;
        } catch (RuntimeException e) {
            close();
            throw unreadable(e);
        }
    }

    /** What nobody foresaw in the data: the log has the whole of it, whoever starts the server what to do. */
    private ProblemException unreadable(RuntimeException e) {
        System.getLogger("waybill").log(System.Logger.Level.ERROR, "The server cannot start", e);
        return new Problem.Unavailable(
                        "DATABASE_UNREADABLE",
                        "Starting the server on " + config.data(),
                        "something in its database is not as Waybill wrote it ("
                                + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ") + ").",
                        "Keep the database as evidence and restore it from the newest backup, together with the ledger and"
                                + " keys directories beside it.")
                .exception();
    }

    private ProblemException unusable(IOException e) {
        return new Problem.Unavailable(
                        "DATA_UNUSABLE",
                        "Starting the server on " + config.data(),
                        String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ") + ".",
                        "See that the disk has space and that this user may read and write there; what is damaged is"
                                + " restored from a backup.")
                .exception();
    }

    /** The whole route table. */
    private void routes(Floor floor, Rooms rooms, RateLimits limits) {
        ServerInfo info = new ServerInfo(
                WaybillVersion.TEXT,
                floor.ledger().keys().origin(),
                floor.database().engine());
        LedgerVerify verify = new LedgerVerify(floor.database(), floor.ledger(), audits(floor, rooms));
        routes.get("/api/v1/server", Permit.anyone(), call -> call.json(info));
        new OpenApiHandler().addTo(routes);
        new TokensHandler(floor.tokens(), Rooms.pullable(floor)).addTo(routes);
        new LedgerHandler(floor.database(), floor.ledger(), verify).addTo(routes);
        new RegistryHandler(rooms.registry(), new Challenges(floor.access().service(), config.behindProxy()))
                .addTo(routes);
        new RepositoryHandler(
                        rooms.registry(),
                        new Copies(
                                floor.database(),
                                floor.ledger(),
                                rooms.registry().manifests(),
                                floor.clock()))
                .addTo(routes);
        new TokenHandler(floor.access()).addTo(routes);
        new GarbageHandler(rooms.garbage()).addTo(routes);
        new ArtifactHandler(floor.database(), rooms.artifacts(), new FilesInside(rooms.layers())).addTo(routes);
        new EvidenceHandler(floor.database(), rooms.artifacts(), rooms.evidence()).addTo(routes);
        new PipelineHandler(rooms.pipelines()).addTo(routes);
        new ConfigurationHandler(rooms.configurations(), rooms.pipelines()).addTo(routes);
        rooms.promotion().addTo(routes);
        rooms.agents(floor).addTo(routes);
        new DeployHandler(rooms.deploy()).addTo(routes);
        Answers answers = rooms.answers(floor);
        new InsightHandler(answers).addTo(routes);
        Desk desk = Desk.of(rooms.promotion());
        Yard yard =
                Yard.of(new Yard.Ground(rooms.garbage(), rooms.registry(), floor.tokens(), limits, floor.data()::free));
        Pages.Parts parts =
                new Pages.Parts(floor.database(), floor.ledger(), floor.tokens(), answers, desk, yard, floor.clock());
        opened.add(new Pages(parts)).addTo(routes, config.behindProxy());
    }

    /** Every room that keeps rows which show facts. */
    private List<RowAudit> audits(Floor floor, Rooms rooms) {
        return List.of(
                new TagAudit(),
                new ManifestAudit(floor.blobs()),
                new LayerAudit(floor.blobs()),
                new ArtifactAudit(floor.blobs()),
                new SqlDecisionAudit(rooms.promotion().releases().lookup()),
                new SqlTombstoneAudit(floor.blobs(), config.terms().rest()),
                rooms.configurations().audit(),
                new ReleaseAudit(),
                new OutcomeAudit(),
                new SqlMovementAudit(),
                new PromotionAudit(),
                new AgentAudit(),
                new DeployAudit());
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://" + config.host() + ":" + port;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** The route table, for the test that multiplies it with the roles. */
    public Routes routes() {
        return routes;
    }

    /** Says where the server answers and, on the very first start, the admin's one token. */
    void greet(PrintStream out) {
        out.println("Waybill answers at " + url());
        Optional<Tokens.Made> admin = tokens.firstAdmin();
        admin.ifPresent(made -> {
            out.println("Admin token, shown once: " + made.text());
            out.println("Next: waybill login " + url() + " --token " + made.text());
        });
        out.flush();
    }

    @Override
    public void close() {
        opened.close();
    }
}
