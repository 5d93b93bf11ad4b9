package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One commit, one artifact: built once, tested once, and what tries to be a second one is refused. */
final class BuiltOnce implements Chapter {
    @Override
    public void tell(World world) throws IOException {
        Narrator narrator = world.narrator;
        narrator.chapter("Built once");
        Shell.Setting builder = world.as("builder").in(world.shop().directory());
        narrator.say("A work tree with changes that are in no commit is not built: nobody could say what went in.");
        Path pom = world.shop().directory().resolve("pom.xml");
        String clean = Files.readString(pom);
        Files.writeString(pom, clean + "<!-- not committed -->\n");
        world.shell
                .waybill(builder, "build", "--env", "MAVEN_OPTS", "--env", "TEAM_REPOSITORY")
                .mustBeRefused("WORK_TREE_DIRTY");
        Files.writeString(pom, clean);

        narrator.say(
                "The commit is built in a clean checkout, packed, pushed, registered; its test report is attested.");
        world.shell
                .waybill(builder, "build", "--env", "MAVEN_OPTS", "--env", "TEAM_REPOSITORY")
                .mustSucceed();
        String commit = world.shop().head();
        narrator.say("Asked again, nothing is built: the commit has its artifact.");
        world.shell
                .briefly(builder, "Commit", "build", "--env", "MAVEN_OPTS", "--env", "TEAM_REPOSITORY")
                .mustSucceed();

        narrator.say("Another tool pushes other bytes for the same commit.");
        String other = OtherTool.pushJar(world, "different bytes for the same commit".getBytes(StandardCharsets.UTF_8));
        world.shell
                .waybill(builder, "register", "shop@" + other, "--application", "shop", "--commit", commit)
                .mustBeRefused("COMMIT_HAS_ARTIFACT");
        narrator.proven("one commit, one artifact");
    }
}
