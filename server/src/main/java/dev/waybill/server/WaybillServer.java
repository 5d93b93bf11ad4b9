package dev.waybill.server;

import dev.waybill.api.WaybillVersion;
import dev.waybill.api.identity.ServerInfo;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.artifact.ArtifactAudit;
import dev.waybill.server.artifact.ArtifactHandler;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.artifact.FilesInside;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.artifact.Registrations;
import dev.waybill.server.artifact.SqlKeeps;
import dev.waybill.server.artifact.SqlPermits;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.FileBlobStore;
import dev.waybill.server.configuration.ConfigurationHandler;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.FileConfigurationKey;
import dev.waybill.server.configuration.PipelineHandler;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.configuration.ValueSeal;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.PostgresDatabase;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.deploy.AgentAudit;
import dev.waybill.server.deploy.Agents;
import dev.waybill.server.deploy.Claims;
import dev.waybill.server.deploy.DeployAudit;
import dev.waybill.server.deploy.DeployHandler;
import dev.waybill.server.deploy.DesiredReleases;
import dev.waybill.server.deploy.Reports;
import dev.waybill.server.deploy.Targets;
import dev.waybill.server.distribution.RegistryHandler;
import dev.waybill.server.evidence.Evidence;
import dev.waybill.server.evidence.EvidenceHandler;
import dev.waybill.server.evidence.ReferrerFollower;
import dev.waybill.server.http.OpenApiHandler;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.TokensHandler;
import dev.waybill.server.http.Web;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.InsightHandler;
import dev.waybill.server.insight.LedgerAnswers;
import dev.waybill.server.layer.LayerIndex;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.LedgerHandler;
import dev.waybill.server.ledger.LedgerVerify;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.promotion.ArtifactCargo;
import dev.waybill.server.promotion.PromotionAudit;
import dev.waybill.server.promotion.PromotionRoom;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.release.ReleaseAudit;
import dev.waybill.server.release.Releases;
import dev.waybill.server.tag.LedgerTagFacts;
import dev.waybill.server.tag.TagAudit;
import dev.waybill.server.tag.TagRules;
import dev.waybill.server.ui.Desk;
import dev.waybill.server.ui.Pages;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The server, whole. Built from the floor up; closed from the roof down. */
public final class WaybillServer implements AutoCloseable {
    /** Three heartbeats of the default five seconds: then a target is unknown. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** An upload that nobody touched for so long is over. */
    private static final Duration ABANDONED = Duration.ofDays(7);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
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
            Floor floor = floor(clock);
            this.tokens = floor.tokens();
            Rooms rooms = rooms(floor);
            routes(floor, rooms);
            Web web = closing(new Web(routes, tokens, Pages.errors(clock)));
            floor.ledger().start();
            rooms.layers().start();
            rooms.referrers().start();
            rooms.promotion().follower().start();
            this.port = web.start(config.host(), config.port());
        } catch (IOException e) {
            close();
            throw new Problem.Unavailable(
                            "DATA_UNUSABLE",
                            "Starting the server on " + config.data(),
                            e.getMessage() + ".",
                            "See that the disk has space and that this user may write there.")
                    .exception();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What every room stands on. */
    private record Floor(Database database, BlobStore blobs, Ledger ledger, Tokens tokens, Clock clock) {}

    private Floor floor(Clock clock) throws IOException {
        FileDataDirectory data = closing(FileDataDirectory.open(config.data()));
        Database database = closing(database(config, data));
        BlobStore blobs = new FileBlobStore(data.path().resolve("blobs"));
        blobs.discardUploads(clock.instant().minus(ABANDONED));
        Ledger ledger = closing(FileLedger.open(database, data.path(), config.origin(), clock));
        return new Floor(database, blobs, ledger, new Tokens(database, clock), clock);
    }

    /** The rooms, from the lowest up. */
    private record Rooms(
            Registry registry,
            LayerIndex layers,
            Artifacts artifacts,
            Evidence evidence,
            ReferrerFollower referrers,
            Pipelines pipelines,
            Configurations configurations,
            PromotionRoom promotion,
            DeployHandler.Room deploy) {}

    private Rooms rooms(Floor floor) {
        Keeps keeps = new SqlKeeps();
        LayerIndex layers = closing(new LayerIndex(floor.database(), floor.blobs()));
        Registrations registrations =
                new Registrations(floor.database(), floor.ledger(), floor.blobs(), layers, floor.clock());
        Hooks hooks = new Hooks(
                TagRules.DEFAULT,
                new LedgerTagFacts(floor.ledger()),
                registrations,
                keeps::isKept,
                new SqlPermits()::mayPull);
        Registry registry = new Registry(floor.database(), floor.blobs(), hooks, floor.clock());
        Artifacts artifacts = new Artifacts(floor.database(), registry, registrations, new Releases().lookup());
        Evidence evidence = new Evidence(floor.database(), artifacts, registry.contents(), floor.ledger(), keeps);
        ReferrerFollower referrers =
                closing(new ReferrerFollower(floor.database(), floor.ledger(), artifacts, registry));
        ValueSeal seal =
                FileConfigurationKey.open(config.data(), Configurations.isEmpty(floor.database(), floor.ledger()));
        Configurations configurations = new Configurations(floor.database(), floor.ledger(), seal, floor.clock());
        Pipelines pipelines = new Pipelines(floor.database(), floor.ledger(), floor.clock());
        PromotionRoom promotion = new PromotionRoom(
                new PromotionRoom.Floor(floor.database(), floor.ledger(), floor.clock()),
                new PromotionRoom.Below(
                        new ArtifactCargo(floor.database(), artifacts),
                        keeps,
                        new SqlPermits(),
                        pipelines,
                        configurations));
        closing(promotion.follower());
        DeployHandler.Room deploy = deploy(floor, configurations, artifacts);
        return new Rooms(
                registry, layers, artifacts, evidence, referrers, pipelines, configurations, promotion, deploy);
    }

    private static DeployHandler.Room deploy(Floor floor, Configurations configurations, Artifacts artifacts) {
        Agents agents = new Agents(floor.database(), floor.ledger(), floor.tokens(), floor.clock());
        return new DeployHandler.Room(
                agents,
                new DesiredReleases(floor.database(), floor.ledger(), agents, configurations::values),
                new Reports(floor.database(), floor.ledger(), agents, floor.clock()),
                new Targets(floor.database(), floor.ledger(), agents, floor.clock(), SILENCE),
                new Claims(floor.database(), floor.ledger(), artifacts, floor.clock()));
    }

    /** The whole route table. */
    private void routes(Floor floor, Rooms rooms) {
        ServerInfo info = new ServerInfo(
                WaybillVersion.TEXT,
                floor.ledger().keys().origin(),
                floor.database().engine());
        LedgerVerify verify = new LedgerVerify(floor.database(), floor.ledger(), audits(rooms));
        routes.get("/api/v1/server", Permit.anyone(), call -> call.json(info));
        new OpenApiHandler().addTo(routes);
        new TokensHandler(floor.tokens(), new SqlPermits()::limit).addTo(routes);
        new LedgerHandler(floor.database(), floor.ledger(), verify).addTo(routes);
        new RegistryHandler(rooms.registry()).addTo(routes);
        new ArtifactHandler(floor.database(), rooms.artifacts(), new FilesInside(rooms.layers())).addTo(routes);
        new EvidenceHandler(floor.database(), rooms.artifacts(), rooms.evidence()).addTo(routes);
        new PipelineHandler(rooms.pipelines()).addTo(routes);
        new ConfigurationHandler(rooms.configurations()).addTo(routes);
        rooms.promotion().addTo(routes);
        new DeployHandler(floor.database(), floor.ledger(), rooms.deploy()).addTo(routes);
        Answers answers = answers(floor, rooms);
        new InsightHandler(answers).addTo(routes);
        Desk desk = Desk.of(rooms.promotion());
        Pages.Parts parts =
                new Pages.Parts(floor.database(), floor.ledger(), floor.tokens(), answers, desk, floor.clock());
        closing(new Pages(parts)).addTo(routes, config.behindProxy());
    }

    private static Answers answers(Floor floor, Rooms rooms) {
        return new LedgerAnswers(
                new LedgerAnswers.Floor(floor.database(), floor.ledger(), floor.clock(), SILENCE),
                new LedgerAnswers.Below(
                        rooms.artifacts(),
                        new FilesInside(rooms.layers()),
                        rooms.evidence(),
                        rooms.configurations(),
                        rooms.promotion().releases()));
    }

    /** Every room that keeps rows which show facts. */
    private static List<RowAudit> audits(Rooms rooms) {
        return List.of(
                new TagAudit(),
                new ArtifactAudit(),
                rooms.configurations().audit(),
                new ReleaseAudit(),
                new PromotionAudit(),
                new AgentAudit(),
                new DeployAudit());
    }

    private static Database database(ServerConfig config, FileDataDirectory data) {
        return config.database() == null
                ? SqliteDatabase.open(data.path().resolve("waybill.sqlite"))
                : PostgresDatabase.open(config.database(), null, null);
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
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
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger("waybill").log(System.Logger.Level.WARNING, "Closing a part failed", e);
            }
        }
    }
}
