package dev.waybill.cli.demo;

import java.io.IOException;

/** Steps that more than one chapter takes. */
final class Acceptance {
    private Acceptance() {}

    /** Runs the acceptance tests against running staging, bound to the agent's observation before and after. */
    static Ran run(World world, String artifact) throws IOException {
        return world.shell.briefly(builder(world), "Suite|Binding|missing|next|code", command(world, artifact));
    }

    private static Shell.Setting builder(World world) throws IOException {
        return world.as("builder").in(world.shop().directory());
    }

    private static String[] command(World world, String artifact) throws IOException {
        return new String[] {
            "test",
            artifact,
            "--suite",
            "acceptance",
            "--target",
            "staging/shop",
            "--",
            "java",
            "acceptance/Acceptance.java",
            "http://127.0.0.1:" + world.shopPort("staging")
        };
    }

    static String promotionId(Ran promoted) {
        return promoted.find("(?m)(?:approve|status) ([A-Za-z0-9_-]{6,})");
    }

    /** Dev, staging, tests, production with an approval: the way of a later commit, told briefly. Returns production's end. */
    static Ran allTheWay(World world, String artifact) throws IOException {
        Shell.Setting promoter = world.as("promoter");
        world.shell
                .quietly(promoter, "promote", artifact, "--to", "dev", "--wait")
                .mustSucceed();
        world.shell
                .quietly(promoter, "promote", artifact, "--to", "staging", "--wait")
                .mustSucceed();
        world.shell.quietly(builder(world), command(world, artifact)).mustSucceed();
        String id = promotionId(world.shell
                .quietly(promoter, "promote", artifact, "--to", "production")
                .mustSucceed());
        world.shell.quietly(world.as("release-manager"), "approve", id).mustSucceed();
        return world.shell.briefly(promoter, "Deployed|The deployment", "status", id, "--wait");
    }
}
