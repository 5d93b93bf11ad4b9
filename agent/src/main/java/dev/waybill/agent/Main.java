package dev.waybill.agent;

import dev.waybill.agent.config.AgentConfig;
import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.store.AgentState;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Enrolled;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Closest;
import dev.waybill.core.verify.TrustRoot;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code waybill agent}, {@code agent enrol} and {@code agent rollback}. Exit codes: 0 done, 1 refused, 2 misuse, 3 broken. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** {@code [enrol|rollback] --config FILE ...}; without a verb it runs until the process is told to stop. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(Usage.of(arguments));
            return 0;
        }
        try {
            Arguments given = Arguments.parse(arguments);
            return switch (given.verb()) {
                case "enrol" -> enrol(given, out);
                case "rollback" -> rollback(given, out);
                default -> work(given, out);
            };
        } catch (ProblemException e) {
            err.println(e.problem().lines());
            return switch (e.problem()) {
                case Problem.Malformed p -> 2;
                case Problem.Unavailable p -> 3;
                default -> 1;
            };
        } catch (IOException e) {
            err.println(new Problem.Unavailable(
                            "AGENT_BROKEN",
                            "Running the agent",
                            "reading or writing failed (" + e.getMessage() + ").",
                            "Check the disk, the path and its owner, then start it again.")
                    .lines());
            return 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        }
    }

    /**
     * Starts an agent inside this process, for the demo and tests; close it to stop it. What it deployed goes on running.
     */
    public static AutoCloseable start(Path config) throws IOException {
        AgentConfig read = AgentConfig.load(config);
        AgentState state = new AgentState(new RealDisk(), read.directory());
        AgentLock lock = AgentLock.take(state.lock()).orElseThrow(() -> alreadyRuns(read));
        Daemon daemon = new Daemon(new Agent(read, state));
        daemon.start();
        return () -> {
            daemon.close();
            lock.close();
        };
    }

    private static int work(Arguments given, PrintStream out) throws IOException, InterruptedException {
        AutoCloseable agent = start(given.config());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                agent.close();
            } catch (Exception e) {
                System.getLogger("waybill.agent").log(System.Logger.Level.WARNING, "Closing the agent failed", e);
            }
            // A stop that was asked for is no failure: without this the exit code names the signal.
            Runtime.getRuntime().halt(0);
        }));
        out.println("The agent works. What it starts goes on running when it ends.");
        out.flush();
        stopped.await();
        return 0;
    }

    /** Makes this host's key, spends the one-time token, and pins whom to trust. */
    static int enrol(Arguments given, PrintStream out) throws IOException {
        AgentConfig config = AgentConfig.load(given.config());
        AgentState state = new AgentState(new RealDisk(), config.directory());
        URI server = given.option("server").map(AgentConfig::address).orElse(config.server());
        String publicKey = Base64.getEncoder().encodeToString(state.key().publicKey());
        Enrolled enrolled = WaybillClient.to(server, null)
                .deploy()
                .enrol(given.require("token"), new EnrolRequest(config.name(), publicKey, config.targetNames()));
        TrustRoot trust = TrustRoot.read(Json.write(enrolled.trustRoot()));
        if (!trust.origin().equals(enrolled.origin())) {
            throw new Problem.Refused(
                            "TRUST_INVALID",
                            "Enrolling at " + server,
                            "the trust root is of " + trust.origin() + " and the server calls itself "
                                    + enrolled.origin() + ".",
                            "Ask who runs the server.")
                    .exception();
        }
        state.enrol(enrolled);
        out.println("Enrolled as " + enrolled.agent() + " for " + enrolled.slots() + ", trusting the ledger "
                + trust.origin() + ".");
        List<Slot> untold = new ArrayList<>(enrolled.slots());
        untold.removeAll(config.targetNames().keySet());
        if (!untold.isEmpty()) {
            out.println(
                    given.config() + " names no target for " + untold
                            + ", so nothing can be deployed there. Add one, and enrol again with a new invitation for all slots.");
        }
        return 0;
    }

    /** Goes back without asking anybody: through the running agent if there is one, otherwise alone. */
    static int rollback(Arguments given, PrintStream out) throws IOException, InterruptedException {
        AgentConfig config = AgentConfig.load(given.config());
        AgentState state = new AgentState(new RealDisk(), config.directory());
        HostRequests.Rollback wish = given.rollback();
        HostRequests.Answer answer = answer(config, state, wish);
        Ended ended = answer.ended();
        if (ended == null) {
            throw new Problem.Refused(
                            String.valueOf(answer.code()),
                            "Going back in " + wish.slot(),
                            String.valueOf(answer.refusal()),
                            String.valueOf(answer.next()))
                    .exception();
        }
        out.println(wish.slot() + ": " + ended.outcome() + ", running "
                + (ended.running() == null ? "nothing" : ended.running()) + ". " + ended.detail());
        return ended.outcome() == Deployment.Outcome.SUCCEEDED ? 0 : 1;
    }

    private static HostRequests.Answer answer(AgentConfig config, AgentState state, HostRequests.Rollback wish)
            throws IOException, InterruptedException {
        while (true) {
            Optional<AgentLock> lock = AgentLock.take(state.lock());
            if (lock.isPresent()) {
                try {
                    Agent agent = new Agent(config, state);
                    return HostRequests.perform(agent, wish);
                } finally {
                    lock.get().close();
                }
            }
            Optional<HostRequests.Answer> answered =
                    new HostRequests(state.requests()).ask(wish, () -> runs(state), HostRequests.Patience.USUAL);
            if (answered.isPresent()) {
                return answered.get();
            }
        }
    }

    private static boolean runs(AgentState state) {
        try {
            Optional<AgentLock> lock = AgentLock.take(state.lock());
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static ProblemException alreadyRuns(AgentConfig config) {
        return new Problem.Conflict(
                        "AGENT_RUNS",
                        "Starting the agent of " + config.directory(),
                        "another one works on this directory.",
                        "Stop it first, or give this one its own `directory`.")
                .exception();
    }

    /** Verb and options of the command line. */
    record Arguments(String verb, List<String> words, java.util.Map<String, String> options) {
        private static final List<String> VERBS = List.of("", "enrol", "rollback");

        static final List<String> OPTIONS = List.of("config", "server", "token", "to", "why", "as");

        static Arguments parse(List<String> arguments) {
            java.util.Map<String, String> options = new java.util.TreeMap<>();
            List<String> words = new java.util.ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                String one = arguments.get(i);
                if (!one.startsWith("--")) {
                    words.add(one);
                } else if (one.indexOf('=') > 0) {
                    options.put(one.substring(2, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
                } else if (i + 1 < arguments.size()) {
                    options.put(one.substring(2), arguments.get(++i));
                } else {
                    throw misuse(verb(words), "the option " + one + " has no value.");
                }
            }
            String verb = words.isEmpty() ? "" : words.removeFirst();
            options.keySet().stream()
                    .filter(o -> !OPTIONS.contains(o))
                    .findFirst()
                    .ifPresent(o -> {
                        throw misuse(known(verb), "there is no option --" + o + "." + meant("--" + o, dashed()));
                    });
            if (!VERBS.contains(verb)) {
                throw misuse("there is no verb '" + verb + "'."
                        + meant(verb, List.of("enrol", "rollback", "invite", "list", "retire")));
            }
            return new Arguments(verb, List.copyOf(words), options);
        }

        private static String verb(List<String> words) {
            return words.isEmpty() ? "" : known(words.getFirst());
        }

        private static String known(String verb) {
            return VERBS.contains(verb) ? verb : "";
        }

        private static String meant(String word, List<String> known) {
            List<String> close = Closest.to(word, known);
            return close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?";
        }

        private static List<String> dashed() {
            return OPTIONS.stream().map(option -> "--" + option).toList();
        }

        Optional<String> option(String name) {
            return Optional.ofNullable(options.get(name));
        }

        String require(String name) {
            return option(name).orElseThrow(() -> misuse(verb, "--" + name + " is missing."));
        }

        Path config() {
            return Path.of(require("config"));
        }

        HostRequests.Rollback rollback() {
            if (words.size() != 1) {
                throw misuse(verb, "name one slot, ENV/APP.");
            }
            @Nullable Long to = option("to").map(Arguments::number).orElse(null);
            String who = option("as").orElse(System.getProperty("user.name"));
            return new HostRequests.Rollback(
                    Slot.parse(words.getFirst()),
                    to,
                    new Ended.Offline(new dev.waybill.core.name.ActorName(who), require("why")));
        }

        private static Long number(String text) {
            if (!text.matches("[1-9][0-9]{0,17}")) {
                throw misuse("rollback", "--to is the number of a release.");
            }
            return Long.valueOf(text);
        }

        private static ProblemException misuse(String why) {
            return misuse("", why);
        }

        /** @param verb what was meant, as far as that is known */
        private static ProblemException misuse(String verb, String why) {
            String command = verb.isEmpty() ? "waybill agent" : "waybill agent " + verb;
            return new Problem.Malformed(
                            "USAGE",
                            "Reading the command line of `" + command + "`",
                            why,
                            "Write `" + Usage.line(verb) + "`; `" + command + " --help` explains it.")
                    .exception();
        }
    }
}
