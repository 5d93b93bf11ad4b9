package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** A team, a server, three hosts with an agent each, a pipeline, and configuration that is not in the artifact. */
final class Opening implements Chapter {
    private static final String AGENT = """
            server: %s
            name: %s
            directory: %s
            heartbeat: 1s
            targets:
              - slot: %s/shop
                driver: directory
                root: %s
                keep: 3
            """;

    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("A team, a server, three hosts");
        narrator.say("A developer has a small shop in a git repository; its one library comes from the team's package"
                + " repository. A server starts with an empty directory. Answers are cut to the lines that"
                + " the story needs, digests to twelve digits; DEMO is the demo's directory.");
        world.packages.start();
        MoneyLibrary.publish(world.home.resolve("examples/money/src"), world.work, world.packages);
        LocalRepository.linkInto(world.work.resolve("build-machine"));
        world.shop(ShopRepository.create(
                world.home.resolve("examples/shop"), Files.createDirectories(world.work.resolve("shop"))));
        LongRunning server = world.startServer();
        server.until("Admin token", Duration.ofSeconds(5), () -> World.contains(server, "Admin token"));
        narrator.command("admin", "waybill server --data server");
        narrator.output(List.of("Waybill answers at " + world.url()));
        world.token("admin", new Ran("waybill server", 0, server.said().lines().toList()).find("(wbt_[A-Za-z0-9_-]+)"));
        people(world);
        narrator.say("The pipeline is one list in waybill.yaml. It counts because somebody with the right applies it.");
        world.shell
                .waybill(world.as("admin").in(world.shop().directory()), "apply", "-f", "waybill.yaml")
                .mustSucceed();
        configuration(world);
        agents(world);
    }

    private static void people(World world) throws IOException {
        world.narrator.say(
                "Four roles take part: a builder, a promoter, a release manager who approves, and operations.");
        role(world, "builder", "developer@example.org", "builder");
        role(world, "promoter", "promoter@example.org", "promoter", "approver");
        role(world, "release-manager", "release-manager@example.org", "approver");
        role(world, "operations", "operations@example.org", "configurer", "promoter");
    }

    private static void role(World world, String actor, String email, String... roles) throws IOException {
        java.util.ArrayList<String> arguments =
                new java.util.ArrayList<>(List.of("token", "create", "--actor", actor, "--email", email));
        for (String role : roles) {
            arguments.add("--role");
            arguments.add(role);
        }
        Ran made = world.shell
                .quietly(world.as("admin"), arguments.toArray(String[]::new))
                .mustSucceed();
        world.token(actor, made.find("(wbt_[A-Za-z0-9_-]+)"));
        world.shell
                .quietly(world.as(actor), "login", world.url(), "--token", made.find("(wbt_[A-Za-z0-9_-]+)"))
                .mustSucceed();
    }

    private static void configuration(World world) throws IOException {
        world.narrator.say("Each environment has its own configuration. Production writes its tax rate with a comma.");
        for (String environment : World.ENVIRONMENTS) {
            boolean production = environment.equals("production");
            Shell.Setting operations = world.as("operations").reading("key-of-" + environment + "\n");
            String[] arguments = {
                "config",
                "set",
                environment + "/shop",
                "PORT=" + world.shopPort(environment),
                "CURRENCY=" + (production ? "CHF" : "EUR"),
                "TAX_PERCENT=" + (production ? "7,7" : "19"),
                "--secret",
                "PAYMENT_KEY"
            };
            (production
                            ? world.shell.briefly(operations, "PAYMENT_KEY|TAX|Configuration", arguments)
                            : world.shell.quietly(operations, arguments))
                    .mustSucceed();
        }
    }

    private static void agents(World world) throws IOException {
        world.narrator.say("Each host gets an agent: it enrols once with a one-time token and makes its own key.");
        for (String environment : World.ENVIRONMENTS) {
            String name = environment + "-host";
            Files.writeString(
                    world.agentConfig(environment),
                    AGENT.formatted(
                            world.wire(environment).url(),
                            name,
                            world.work.resolve("agents").resolve(environment),
                            environment,
                            world.host(environment)));
            String invitation = world.shell
                    .quietly(world.as("admin"), "agent", "invite", name, "--slot", environment + "/shop")
                    .mustSucceed()
                    .find("(wbt_[A-Za-z0-9_-]+)");
            String[] enrol = {
                "agent",
                "enrol",
                "--server",
                world.url(),
                "--token",
                invitation,
                "--config",
                world.agentConfig(environment).toString()
            };
            world.shell.quietly(world.as("admin"), enrol).mustSucceed();
            world.startAgent(environment);
        }
        world.narrator.proven("three agents enrolled: dev, staging, production");
    }
}
