package dev.waybill.cli.demo;

import java.io.IOException;

/** A commit that only production cannot bear, then one that mends it. */
final class SickCommit implements Chapter {
    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("A commit that is sick in production only");
        narrator.say(
                "The developer simplifies how tax rates are read. All tests pass; production writes 7,7 with a comma.");
        world.shop().simplifyTaxes();
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

        narrator.say(
                "Staging still runs the first artifact. Tests run there count for those bytes, not for the new ones.");
        Acceptance.run(world, artifact).mustBeRefused("TARGET_OTHER_BYTES");

        narrator.say("The new artifact goes the whole way: dev, staging, acceptance tests, approval, production.");
        Ran production = Acceptance.allTheWay(world, artifact);
        if (production.exit() != 1) {
            throw new DemoFailed("Production should have refused to become healthy:\n" + production.text());
        }
        String price = Shops.price(world.shopPort("production"));
        if (!price.equals("4.52 CHF")) {
            throw new DemoFailed("The first release should serve again, but tea costs " + price + ".");
        }
        narrator.proven("the agent went back by itself; customers still pay " + price);
        world.shell
                .waybill(world.as("operations"), "history", "production/shop")
                .mustSucceed();
        mend(world);
    }

    private static void mend(World world) throws IOException {
        world.narrator.say("The failed deployment holds the slot until somebody looks. The developer mends the commit;"
                + " operations lifts the hold; the mended artifact goes the whole way.");
        world.shell
                .briefly(
                        world.as("operations"),
                        "Automation",
                        "hold",
                        "production/shop",
                        "--end",
                        "--reason",
                        "the mended commit comes")
                .mustSucceed();
        world.shop().mendTaxes();
        world.shell
                .quietly(
                        world.as("builder").in(world.shop().directory()),
                        "build",
                        "--env",
                        "MAVEN_OPTS",
                        "--env",
                        "TEAM_REPOSITORY")
                .mustSucceed();
        Acceptance.allTheWay(world, world.artifact()).mustSucceed();
        world.shell
                .briefly(
                        world.as("operations"),
                        "A |B |COMMIT|[0-9a-f]{12} |FILE|shop.jar|Between",
                        "diff",
                        "production/shop#1",
                        "production/shop#3")
                .mustSucceed();
    }
}
