package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Somebody with access to the server's disk changes bytes, and orders. Nobody downstream believes either. */
final class Tampered implements Chapter {
    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("Somebody has write access to the server's disk");
        bytes(world);
        row(world);
        order(world);
    }

    private static void bytes(World world) throws IOException {
        world.narrator.say("One byte of a stored blob is changed. Whoever fetches it hashes it first.");
        String artifact = world.artifact();
        ServerDisk disk = ServerDisk.blobOf(
                world.data(), world.host("production").resolve("current").resolve("shop.jar"));
        disk.changeOneByte();
        Ran pulled = world.shell.waybill(
                world.as("builder"),
                "pull",
                artifact,
                "--to",
                world.work.resolve("pulled").toString());
        if (pulled.exit() == 0 || !pulled.text().contains("CONTENT_MISMATCH")) {
            throw new DemoFailed("An altered blob should have been refused:\n" + pulled.text());
        }
        disk.undo();
    }

    private static void order(World world) throws IOException {
        world.narrator.say(
                "Somebody on the network sends production's agent an order: run what only dev was approved for.");
        world.shop().touch();
        world.shell
                .quietly(
                        world.as("builder").in(world.shop().directory()),
                        "build",
                        "--env",
                        "MAVEN_OPTS",
                        "--env",
                        "TEAM_REPOSITORY")
                .mustSucceed();
        String artifact = world.artifact();
        world.shell
                .quietly(world.as("promoter"), "promote", artifact, "--to", "dev", "--wait")
                .mustSucceed();
        ObjectNode order = world.wire("dev").order().deepCopy();
        order.put("release", "production/shop#4");
        world.wire("production").forge(order);
        LongRunning agent = world.agent("production");
        agent.until("SCOPE_MISMATCH", Duration.ofSeconds(60), () -> World.contains(agent, "SCOPE_MISMATCH"));
        world.wire("production").honest();
        world.narrator.command("operations", "grep SCOPE_MISMATCH agent-production.log");
        world.narrator.output(agent.said()
                .lines()
                .filter(l -> l.contains("SCOPE_MISMATCH"))
                .limit(1)
                .toList());
        world.narrator.proven("the agent refused: it acts on decisions for its own environment only");
    }

    private static void row(World world) throws IOException {
        world.narrator.say("A row of the database is changed: the commit of an artifact becomes another one.");
        Path database = world.data().resolve("waybill.sqlite");
        SqlForgery forgery = SqlForgery.anotherCommit(database);
        Ran verify = world.shell.briefly(world.as("admin"), "[0-9]+ ", "ledger", "verify");
        if (verify.exit() != 1) {
            throw new DemoFailed("`waybill ledger verify` should have found the forged row:\n" + verify.text());
        }
        forgery.undo();
        world.shell.quietly(world.as("admin"), "ledger", "verify").mustSucceed();
        world.narrator.proven("the row was found, and nothing else; put back, the ledger holds again");
    }
}
