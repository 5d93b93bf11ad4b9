package dev.waybill.agent;

import java.util.List;

/** What {@code --help} says: the options of a verb, what they mean, what holds without them. */
final class Usage {
    private static final String WORK = """
            Usage: waybill agent --config FILE
            Run an agent: it takes releases, verifies them, deploys and observes. What it starts goes on running when it ends.
                  --config FILE   The agent's configuration, agent.yaml: name, server, directory, targets.
              -h, --help          Show this help.
            Verbs of the agent, on its own host:
              enrol     Make this host's key and spend the one-time token.
              rollback  Go back to a kept release; needs neither server nor registry.
            Exit codes: 0 done, 1 refused, 2 misuse, 3 broken.
            """;

    private static final String ENROL = """
            Usage: waybill agent enrol --token T --config FILE [--server URL]
            Make this host's key, spend the one-time token, and pin whom to trust.
                  --config FILE   The agent's configuration, agent.yaml.
                  --token T       The one-time token that `waybill agent invite` printed.
                  --server URL    The server (default: `server` of the configuration).
              -h, --help          Show this help.
            """;

    private static final String ROLLBACK = """
            Usage: waybill agent rollback ENV/APP --why TEXT --config FILE [--to N] [--as ACTOR]
            Go back to a release whose bytes are kept here, with nobody asked: through the running agent, or alone.
                  ENV/APP         The slot.
                  --why TEXT      The reason; it is signed and told to the server later.
                  --to N          The release's number (default: the newest good one that nobody rolled back from).
                  --as ACTOR      Who does it (default: the user of this host who types it).
                  --config FILE   The agent's configuration, agent.yaml.
              -h, --help          Show this help.
            """;

    private Usage() {}

    static String of(List<String> arguments) {
        String verb =
                arguments.stream().filter(a -> !a.startsWith("-")).findFirst().orElse("");
        return switch (verb) {
            case "enrol" -> ENROL;
            case "rollback" -> ROLLBACK;
            default -> WORK;
        };
    }

    /** Only how it is written. */
    static String line(String verb) {
        String first = of(List.of(verb)).lines().findFirst().orElseThrow();
        return first.substring("Usage: ".length());
    }
}
