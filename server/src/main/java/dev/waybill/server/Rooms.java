package dev.waybill.server;

import dev.waybill.server.agent.AgentHandler;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.agent.Retirement;
import dev.waybill.server.agent.Silence;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.artifact.FilesInside;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.artifact.Pullable;
import dev.waybill.server.artifact.Registrations;
import dev.waybill.server.artifact.SqlKeeps;
import dev.waybill.server.artifact.SqlPermits;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.FileConfigurationKey;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.configuration.ValueSeal;
import dev.waybill.server.deploy.Claims;
import dev.waybill.server.deploy.DeployHandler;
import dev.waybill.server.deploy.DesiredReleases;
import dev.waybill.server.deploy.Reports;
import dev.waybill.server.deploy.Targets;
import dev.waybill.server.evidence.Evidence;
import dev.waybill.server.evidence.ReferrerFollower;
import dev.waybill.server.garbage.Garbage;
import dev.waybill.server.history.PullWarnings;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.LedgerAnswers;
import dev.waybill.server.layer.LayerIndex;
import dev.waybill.server.promotion.ArtifactCargo;
import dev.waybill.server.promotion.PromotionRoom;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.SqlTombstones;
import dev.waybill.server.release.Releases;
import dev.waybill.server.tag.LedgerTagFacts;
import dev.waybill.server.tag.TagRules;

/** The rooms, from the lowest up; whoever needs another gets it here, by hand. */
record Rooms(
        Registry registry,
        LayerIndex layers,
        Artifacts artifacts,
        Garbage garbage,
        Evidence evidence,
        ReferrerFollower referrers,
        Pipelines pipelines,
        Configurations configurations,
        PromotionRoom promotion,
        DeployHandler.Room deploy) {
    static Rooms over(Floor floor, ServerConfig config, Opened opened) {
        Keeps keeps = new SqlKeeps();
        LayerIndex layers = opened.add(new LayerIndex(floor.database(), floor.blobs()));
        Registrations registrations =
                new Registrations(floor.database(), floor.ledger(), floor.blobs(), layers, floor.clock());
        Hooks hooks = hooks(floor, registrations, keeps, config);
        Registry registry = new Registry(floor.database(), floor.blobs(), hooks, floor.clock());
        Garbage garbage = new Garbage(
                new Garbage.Ground(floor.database(), floor.blobs(), registry, keeps, floor.clock()),
                hooks,
                config.terms());
        Artifacts artifacts = new Artifacts(floor.database(), registry, registrations, new Releases().lookup());
        Evidence evidence = new Evidence(floor.database(), artifacts, registry.contents(), floor.ledger(), keeps);
        ReferrerFollower referrers =
                opened.add(new ReferrerFollower(floor.database(), floor.ledger(), artifacts, registry));
        ValueSeal seal =
                FileConfigurationKey.open(config.data(), Configurations.isEmpty(floor.database(), floor.ledger()));
        Configurations configurations = new Configurations(floor.database(), floor.ledger(), seal, floor.clock());
        Pipelines pipelines = new Pipelines(floor.database(), floor.ledger(), floor.clock());
        PromotionRoom.Below below = new PromotionRoom.Below(
                new ArtifactCargo(floor.database(), artifacts), keeps, new SqlPermits(), pipelines, configurations);
        PromotionRoom promotion =
                new PromotionRoom(new PromotionRoom.Floor(floor.database(), floor.ledger(), floor.clock()), below);
        opened.add(promotion.follower());
        DeployHandler.Room deploy = deploy(floor, configurations, pipelines, artifacts);
        return new Rooms(
                registry,
                layers,
                artifacts,
                garbage,
                evidence,
                referrers,
                pipelines,
                configurations,
                promotion,
                deploy);
    }

    private static Hooks hooks(Floor floor, Registrations registrations, Keeps keeps, ServerConfig config) {
        return new Hooks(
                TagRules.DEFAULT.with(config.registry().tags()),
                new LedgerTagFacts(floor.ledger()),
                registrations,
                keeps::isKept,
                pullable(floor)::mayPull,
                new PullWarnings(floor.ledger()),
                new SqlTombstones(config.terms().rest()),
                new InUse(),
                config.registry().limits());
    }

    /** What limited accounts may pull, and who limits them. */
    static Pullable pullable(Floor floor) {
        return new Pullable(floor.ledger(), floor.blobs(), new Releases().lookup(), floor.clock());
    }

    private static DeployHandler.Room deploy(
            Floor floor, Configurations configurations, Pipelines pipelines, Artifacts artifacts) {
        Agents agents = new Agents(floor.database(), floor.ledger(), floor.tokens(), floor.clock());
        return new DeployHandler.Room(
                agents,
                new DesiredReleases(floor.database(), floor.ledger(), agents, configurations::opened),
                new Reports(floor.database(), floor.ledger(), agents, floor.clock()),
                new Targets(floor.database(), floor.ledger(), agents, floor.clock(), Silence.LEAST),
                new Claims(floor.database(), floor.ledger(), artifacts, pipelines, new SqlKeeps(), floor.clock()));
    }

    /** How agents come and go. */
    AgentHandler agents(Floor floor) {
        return new AgentHandler(
                floor.database(),
                floor.ledger(),
                deploy().agents(),
                new Retirement(floor.database(), floor.ledger(), floor.tokens(), floor.clock()));
    }

    /** What people and programs may ask about all of them. */
    Answers answers(Floor floor) {
        return new LedgerAnswers(
                new LedgerAnswers.Floor(floor.database(), floor.ledger(), floor.clock(), Silence.LEAST),
                new LedgerAnswers.Below(
                        artifacts(),
                        new FilesInside(layers()),
                        evidence(),
                        configurations(),
                        promotion().releases()));
    }
}
