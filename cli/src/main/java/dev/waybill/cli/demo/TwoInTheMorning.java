package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Package repository, registry and server are gone. Rebuilding fails for everybody; rolling back does not. */
final class TwoInTheMorning implements Chapter {
    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("Two in the morning");
        narrator.say(
                "Tea is suddenly too expensive for somebody important. The package repository is down, the registry is"
                        + " down, the server is down.");
        world.packages.close();
        world.killServer();

        rebuild(world);
        rollBack(world);
        narrator.say("Morning. The server returns, the agent tells it what happened, and the record is whole again.");
        world.packages.start();
        world.startServer();
        reconciled(world);
    }

    private static void rebuild(World world) throws IOException {
        world.narrator.say("Rebuilding the old commit on a machine that has never seen the library:");
        LocalRepository.linkInto(world.work.resolve("other-machine"));
        Path old = world.shop().checkOut("HEAD~3", world.work.resolve("old-commit"));
        Ran rebuild = world.shell.program(
                new Shell.Setting("builder", old, world.maven("other-machine"), null), "mvn", "-q", "package");
        if (rebuild.exit() == 0) {
            throw new DemoFailed("The rebuild should have failed without the package repository.");
        }
        world.narrator.proven("rebuilding fails, as it does for everybody");
    }

    private static void rollBack(World world) throws IOException {
        world.narrator.say("Rolling back: one person, on production's host.");
        Instant start = Instant.now();
        String[] rollback = {
            "agent",
            "rollback",
            "production/shop",
            "--to",
            "1",
            "--why",
            "tea is too dear",
            "--as",
            "operations",
            "--config",
            world.agentConfig("production").toString()
        };
        world.shell
                .waybill(new Shell.Setting("operations", world.work, Map.of("NO_COLOR", "1"), null), rollback)
                .mustSucceed();
        Duration took = Duration.between(start, Instant.now());
        world.narrator.proven("release 1 serves again after " + took.toMillis() + " ms; tea costs "
                + Shops.price(world.shopPort("production")));
    }

    private static void reconciled(World world) throws IOException {
        Instant deadline = Instant.now().plusSeconds(30);
        Ran history = world.shell.quietly(world.as("operations"), "history", "production/shop");
        while (!history.text().contains("tea is too dear")) {
            if (Instant.now().isAfter(deadline)) {
                throw new DemoFailed("The offline rollback never reached the record:\n" + history.text());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            history = world.shell.quietly(world.as("operations"), "history", "production/shop");
        }
        world.shell
                .waybill(world.as("operations"), "history", "production/shop")
                .mustSucceed();
        world.shell
                .briefly(world.as("operations"), "SLOT|production", "running")
                .mustSucceed();
    }
}
