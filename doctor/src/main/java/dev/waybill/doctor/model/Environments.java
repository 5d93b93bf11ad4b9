package dev.waybill.doctor.model;

import dev.waybill.doctor.shell.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of environments: how far along the way to production a word stands, and which names are no such place. */
public final class Environments {
    /** Production. */
    public static final int LAST = 4;

    private static final Map<String, Integer> RANKS = new HashMap<>();
    /** Words that mean an environment only where something is deployed or nothing else stands beside them. */
    private static final Set<String> WEAK =
            Set.of("test", "tests", "int", "at", "pp", "ref", "live", "main", "ci", "val", "demo", "internal");

    private static final Set<String> ASIDE = Set.of(
            "review",
            "preview",
            "pr",
            "pages",
            "npm",
            "pypi",
            "testpypi",
            "release",
            "releases",
            "ephemeral",
            "mr",
            "pull",
            "docs",
            "documentation",
            "storybook",
            "copilot",
            "publish");
    private static final Set<String> FILLERS = Set.of(
            "deploy",
            "deploys",
            "deployment",
            "deployed",
            "to",
            "the",
            "on",
            "in",
            "app",
            "application",
            "env",
            "environment",
            "release",
            "publish",
            "promote",
            "rollout",
            "job",
            "stage",
            "service",
            "ci",
            "cd",
            "pipeline",
            "pipelines",
            "workflow",
            "azure",
            "auto",
            "autodeploy",
            "yml",
            "yaml",
            "push",
            "pub");

    static {
        rank(
                1,
                "dev",
                "develop",
                "development",
                "sandbox",
                "int",
                "integration",
                "ci",
                "devel",
                "nightly",
                "alpha",
                "edge");
        rank(
                2,
                "test",
                "tst",
                "testing",
                "qa",
                "sit",
                "iat",
                "at",
                "quality",
                "ref",
                "val",
                "validation",
                "systest",
                "e2e",
                "internal");
        rank(
                3,
                "stage",
                "staging",
                "stg",
                "preprod",
                "preproduction",
                "pp",
                "uat",
                "acc",
                "acceptance",
                "impl",
                "beta");
        rank(3, "perf", "performance", "demo", "training", "prelive", "canary", "rc", "fallback", "dr", "pre");
        rank(LAST, "prod", "production", "prd", "live");
    }

    private Environments() {}

    private static void rank(int rank, String... words) {
        for (String word : words) {
            RANKS.put(word, rank);
        }
    }

    /** From 1 (development) to {@link #LAST}; 0 if no word says it. */
    public static int rank(String name) {
        List<String> parts = Words.parts(name.toLowerCase(java.util.Locale.ROOT));
        int rank = 0;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i).replaceAll("\\d+$", "");
            boolean before =
                    i > 0 && (parts.get(i - 1).equals("pre") || parts.get(i - 1).equals("non"));
            int found = before ? 3 : RANKS.getOrDefault(part, 0);
            rank = rank == 0 || found == LAST || before ? Math.max(rank, found) : rank;
            if (before) {
                return 3;
            }
        }
        return rank;
    }

    /** Whether a name is a place on the way to production, and not a preview of one change or a package site. */
    public static boolean onTheWay(String name) {
        return (!name.isBlank() && Words.parts(name).stream().noneMatch(ASIDE::contains) && !changes(name))
                || acceptedAside(name);
    }

    /** {@code review/acc} and its like: a fixed name under a folder that is called after reviews. */
    private static boolean acceptedAside(String name) {
        return !changes(name)
                && name.contains("/")
                && strong(name.substring(name.lastIndexOf('/') + 1)).isPresent();
    }

    private static boolean changes(String name) {
        return name.matches(
                ".*(REF_SLUG|REF_NAME|COMMIT_BRANCH|event\\.number|pull_request|MERGE_REQUEST|head_ref|CI_ENVIRONMENT_SLUG).*");
    }

    /** The word of a text that surely names an environment. */
    public static Optional<String> strong(String text) {
        String best = "";
        for (String part : Words.parts(text)) {
            String bare = part.replaceAll("\\d+$", "");
            if (RANKS.containsKey(bare) && !WEAK.contains(bare) && rank(bare) > rank(best)) {
                best = part;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(prefixed(text, best));
    }

    private static String prefixed(String text, String word) {
        List<String> parts = Words.parts(text);
        int at = parts.indexOf(word);
        return at > 0 && parts.get(at - 1).equals("pre") && !word.equals("pre")
                ? "pre" + word
                : word.equals("pre")
                                && at + 1 < parts.size()
                                && parts.get(at + 1).startsWith("prod")
                        ? "preprod"
                        : word;
    }

    /** As {@link #strong}, and also words such as "test" where only fillers stand beside them. */
    public static Optional<String> named(String text) {
        Optional<String> strong = strong(text);
        if (strong.isPresent()) {
            return strong;
        }
        List<String> rest = Words.parts(text).stream()
                .filter(part -> !FILLERS.contains(part))
                .toList();
        boolean deploys = Words.parts(text).size() > rest.size();
        return deploys && rest.size() == 1 && RANKS.containsKey(rest.getFirst())
                ? Optional.of(rest.getFirst())
                : Optional.empty();
    }

    /** One name for spellings of one place, for comparing. */
    public static String canonical(String name) {
        String lower = name.strip().toLowerCase(java.util.Locale.ROOT);
        return switch (lower) {
            case "production", "prd" -> "prod";
            case "stage", "stg" -> "staging";
            case "development", "develop" -> "dev";
            case "integration" -> "int";
            case "pre-prod", "preproduction", "pre-production", "pp" -> "preprod";
            default -> lower;
        };
    }
}
