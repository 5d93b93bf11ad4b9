package dev.waybill.cli.demo;

import java.io.IOException;

/** The same bytes through three environments, each gate tried from the wrong side first. */
final class Promoted implements Chapter {
    /** What gates say against it. */
    private static final String NO = "\u2717|Refused";

    private static final String YES = "\u2713|\u2026|Asked";
    private static final String END = "Deployed";

    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("Promoted: the same bytes, three environments");
        String artifact = world.artifact();
        narrator.say("Production asks for what staging has seen. Skipping it is refused.");
        world.shell
                .briefly(world.as("promoter"), NO, "promote", artifact, "--to", "production")
                .mustBeRefused("refused");

        world.shell
                .briefly(world.as("promoter"), END, "promote", artifact, "--to", "dev", "--wait")
                .mustSucceed();
        world.shell
                .briefly(world.as("promoter"), END, "promote", artifact, "--to", "staging", "--wait")
                .mustSucceed();

        narrator.say(
                "Staging runs it, but nobody has tested it there: production still says no, and says what is missing.");
        world.shell
                .briefly(world.as("promoter"), NO, "promote", artifact, "--to", "production")
                .mustBeRefused("acceptance");
        Acceptance.run(world, artifact).mustSucceed();
        approved(world, artifact);

        String staging = Shops.price(world.shopPort("staging"));
        String production = Shops.price(world.shopPort("production"));
        narrator.say("Same bytes, each with its own configuration: staging sells tea for " + staging
                + ", production for " + production + ".");
        if (!staging.equals("5.00 EUR") || !production.equals("4.52 CHF")) {
            throw new DemoFailed("Prices should be 5.00 EUR in staging and 4.52 CHF in production.");
        }
        narrator.say("The tested digest gets its version now, not before.");
        world.shell
                .briefly(world.as("promoter"), "shop:", "tag", artifact, "1.0.0")
                .mustSucceed();
    }

    private static void approved(World world, String artifact) throws IOException {
        world.narrator.say("Now everything is there but a second person. The requester is none.");
        String id = Acceptance.promotionId(world.shell
                .briefly(world.as("promoter"), YES, "promote", artifact, "--to", "production")
                .mustSucceed());
        world.shell.waybill(world.as("promoter"), "approve", id).mustBeRefused("APPROVER_IS_REQUESTER");
        world.shell
                .briefly(world.as("release-manager"), "Approved", "approve", id)
                .mustSucceed();
        world.shell.briefly(world.as("promoter"), END, "status", id, "--wait").mustSucceed();
    }
}
