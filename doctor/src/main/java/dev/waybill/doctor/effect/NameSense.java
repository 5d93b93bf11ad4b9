package dev.waybill.doctor.effect;

import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.shell.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the name of a script, a target or an action lets one presume. */
final class NameSense {
    private static final Set<String> BUILD = Set.of(
            "build", "builds", "builder", "compile", "bundle", "package", "packaging", "assemble", "dist", "generate");
    private static final Set<String> DEPLOY = Set.of(
            "deploy", "deploys", "deployer", "deployment", "rollout", "redeploy", "ship", "autodeploy", "recreate");
    private static final Set<String> PUBLISH = Set.of("publish", "push", "upload", "publisher");
    private static final Set<String> INSTALL = Set.of("install", "bootstrap", "deps", "dependencies");
    private static final Set<String> TEST = Set.of(
            "test",
            "tests",
            "testing",
            "e2e",
            "spec",
            "specs",
            "unittest",
            "unittests",
            "smoke",
            "regression",
            "quality");
    private static final Set<String> ASIDE = Set.of(
            "migrate",
            "migration",
            "migrations",
            "seed",
            "backup",
            "restore",
            "wait",
            "download",
            "status",
            "notify",
            "announce",
            "slack",
            "notification",
            "config",
            "configure",
            "validate",
            "validation",
            "cleanup",
            "clean",
            "undeploy",
            "destroy",
            "delete",
            "remove",
            "teardown",
            "stop",
            "init",
            "login",
            "prepare",
            "changelog",
            "label",
            "comment",
            "lint",
            "scan",
            "info",
            "url",
            "vars",
            "variables",
            "secrets",
            "env",
            "environ",
            "version",
            "monitor",
            "cache",
            "clear",
            "setup",
            "sbom",
            "check",
            "report",
            "coverage",
            "list",
            "get",
            "describe",
            "print",
            "invalidate",
            "health",
            "livecheck");

    private NameSense() {}

    static Set<Meaning> of(String text) {
        List<String> parts = Words.parts(text);
        boolean aside = parts.stream().anyMatch(ASIDE::contains);
        Set<Meaning> meanings = EnumSet.noneOf(Meaning.class);
        if (guard(parts)) {
            return EnumSet.of(Meaning.GUARD);
        }
        if (any(parts, INSTALL)) {
            boolean tool =
                    parts.stream().anyMatch(part -> part.equals("cli") || part.equals("tools") || part.equals("tool"));
            return EnumSet.of(tool ? Meaning.TOOL_UNPINNED : Meaning.INSTALL_SEMI);
        }
        if (aside) {
            return any(parts, TEST) ? EnumSet.of(Meaning.TEST) : meanings;
        }
        if (any(parts, TEST)) {
            return any(parts, DEPLOY) ? EnumSet.of(Meaning.DEPLOY) : EnumSet.of(Meaning.TEST);
        }
        add(meanings, Meaning.BUILD, any(parts, BUILD));
        add(meanings, Meaning.PUBLISH, any(parts, PUBLISH));
        boolean cluster = parts.contains("ecs") && (parts.contains("task") || parts.contains("service"));
        add(meanings, Meaning.DEPLOY, any(parts, DEPLOY) || cluster);
        add(meanings, Meaning.RETAG, parts.contains("promote") || parts.contains("retag"));
        return meanings;
    }

    private static boolean guard(List<String> parts) {
        boolean asks = parts.contains("exists")
                || parts.contains("exist")
                || (parts.contains("published") && parts.contains("is"));
        return asks
                && (parts.contains("image")
                        || parts.contains("artifact")
                        || parts.contains("tag")
                        || parts.contains("build"));
    }

    /** Whether a name speaks of releasing, which deploys where an environment is meant and publishes elsewhere. */
    static boolean releases(String text) {
        List<String> parts = Words.parts(text.toLowerCase(Locale.ROOT));
        return parts.contains("release")
                && parts.stream().noneMatch(ASIDE::contains)
                && !parts.contains("notes")
                && !parts.contains("tag");
    }

    private static boolean any(List<String> parts, Set<String> words) {
        return parts.stream().anyMatch(words::contains);
    }

    private static void add(Set<Meaning> meanings, Meaning meaning, boolean yes) {
        if (yes) {
            meanings.add(meaning);
        }
    }
}
