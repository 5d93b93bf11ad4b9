package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What runs, why, and where a file on a disk came from. */
final class Questions implements Chapter {
    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("What exactly is running, and how do you know?");
        Shell.Setting reader = world.as("release-manager");
        world.shell.waybill(reader, "running").mustSucceed();
        world.shell.waybill(reader, "why", "production/shop").mustSucceed();
        narrator.say("From the other end: a commit, and a jar that somebody found on production's disk.");
        world.shell
                .briefly(
                        reader,
                        "artifact|commit|versions|\u2713 verified +production +(ap|rel|de)|This",
                        "trace",
                        world.artifact())
                .mustSucceed();
        world.shell
                .briefly(
                        reader,
                        "artifact|commit|file|hosts",
                        "trace",
                        jarOn(world.host("production")).toString())
                .mustSucceed();
    }

    private static Path jarOn(Path host) throws IOException {
        try (Stream<Path> tree = Files.walk(host.resolve("releases"))) {
            return tree.filter(p -> p.getFileName().toString().equals("shop.jar"))
                    .findFirst()
                    .orElseThrow(() -> new DemoFailed("There is no shop.jar on production's disk."));
        }
    }
}
