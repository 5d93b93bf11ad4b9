package dev.waybill.agent;

import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.api.deploy.DesiredState;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The agent at work: one thread asks what shall run, one per target applies it, another one cares that it goes on serving,
 * one says that it lives and sends what is to be said, one answers rollbacks asked for on this host. None waits for another,
 * so a slow start of one target or an absent server stops nothing else.
 */
final class Daemon implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("waybill.agent");
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration BREATH = Duration.ofMillis(100);
    /** How soon a lost process is noticed: a look at one file and one process, so it may be often. */
    private static final Duration CARE = Duration.ofMillis(400);

    private final Agent agent;
    private final Desired desired;
    private final Voice voice;
    private final HostRequests requests;
    private final Map<Slot, DesiredRelease> wanted = new ConcurrentHashMap<>();
    private final Map<Slot, Semaphore> news = new ConcurrentHashMap<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    /** Targets that were left in the middle of an action: finished before anything new is begun there. */
    private final Set<Slot> unfinished = ConcurrentHashMap.newKeySet();

    /** Slots that the server asked about and agent.yaml does not name. */
    private final Set<Slot> strange = ConcurrentHashMap.newKeySet();

    private volatile boolean closing;

    Daemon(Agent agent) {
        this.agent = agent;
        this.desired = new Desired(agent);
        this.voice = new Voice(agent, () -> closing);
        this.requests = new HostRequests(agent.state().requests());
    }

    /** Finishes what was begun, then works until it is closed. */
    void start() throws IOException {
        for (TargetLoop target : agent.targets()) {
            recover(target);
            Semaphore signal = new Semaphore(0);
            news.put(target.target().slot(), signal);
            run("target " + target.target().slot(), () -> work(target, signal));
            Care care = new Care(target);
            run("care " + target.target().slot(), () -> {
                care.turn(System.nanoTime());
                Thread.sleep(CARE);
            });
        }
        run("link", this::ask);
        run("voice", this::speak);
        requests.answerForTheDead();
        run("host", () -> requests.answer(agent, this::once));
    }

    /** A target that cannot finish what was begun is tried again by its own thread and holds up no other one. */
    private void recover(TargetLoop target) {
        try {
            target.recover();
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            unfinished.add(target.target().slot());
            LOG.log(Level.WARNING, "target " + target.target().slot() + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Turn {
        void take() throws IOException, InterruptedException;
    }

    private void once(Runnable task) {
        threads.removeIf(t -> !t.isAlive());
        threads.add(Thread.ofVirtual().name("waybill-agent rollback").start(task));
    }

    private void run(String name, Turn turn) {
        threads.add(Thread.ofVirtual().name("waybill-agent " + name).start(() -> repeat(name, turn)));
    }

    /**
     * A turn that fails is taken again after a pause that grows to half a minute; each new reason is logged once. Also when
     * memory ran out: a thread that ended would leave its target to nobody while the agent goes on saying that it lives.
     */
    private void repeat(String name, Turn turn) {
        Duration pause = BREATH;
        String last = "";
        while (!closing) {
            try {
                turn.take();
                pause = BREATH;
                last = "";
                Thread.sleep(BREATH);
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException | VirtualMachineError e) {
                if (closing) {
                    return;
                }
                if (!String.valueOf(e.getMessage()).equals(last)) {
                    last = String.valueOf(e.getMessage());
                    LOG.log(Level.WARNING, name + ": " + last, e instanceof ProblemException ? null : e);
                }
                if (!pause(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(POLL) < 0 ? pause.multipliedBy(2) : POLL;
            }
        }
    }

    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private long sequence = -1;

    /**
     * What was done here goes out before what shall be done is asked for: the server decides knowing it. What it does not
     * take keeps nobody from asking.
     */
    private void ask() throws IOException {
        voice.send(true);
        DesiredState state = agent.client().deploy().desired(sequence, sequence < 0 ? Duration.ZERO : POLL);
        if (state.observe() != null) {
            state.observe().forEach(this::look);
        }
        for (DesiredRelease release : state.releases()) {
            Slot slot = release.release().slot();
            Semaphore signal = news.get(slot);
            if (signal != null) {
                wanted.put(slot, release);
                signal.release();
            }
        }
        requireGrown();
        sequence = state.sequence();
    }

    /** A slot that this agent does not have, by its own file, is somebody else's mistake and stops nothing here. */
    private void look(Slot slot) {
        Optional<TargetLoop> target = agent.find(slot);
        if (target.isPresent()) {
            target.get().ask();
        } else if (strange.add(slot)) {
            LOG.log(
                    Level.WARNING,
                    "The server asks what runs in {0}, which agent.yaml does not name: nobody looks there."
                            + " Enrol again, so that it knows this agent''s targets.",
                    slot);
        }
    }

    /**
     * Whoever restored an old ledger, or shows another one, is noticed whether or not they have an order just now; an order is
     * refused for the same reason where it is checked. What runs goes on, and what is seen is said. The sentence holds no sizes,
     * so that the log has it once.
     */
    private void requireGrown() throws IOException {
        try {
            agent.witness().follow();
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Unavailable) {
                throw e;
            }
            throw new Problem.Refused(
                            "LEDGER_NOT_GROWN",
                            "Asking what shall run",
                            "the server's ledger is not the one that was seen before, grown ("
                                    + e.problem().code() + "). No new work is taken from it.",
                            "Compare `checkpoint` and `refused-checkpoint` in the agent's directory, and ask who runs the"
                                    + " server.")
                    .exception();
        }
    }

    private void work(TargetLoop target, Semaphore signal) throws IOException, InterruptedException {
        Slot slot = target.target().slot();
        if (unfinished.contains(slot)) {
            target.recover();
            unfinished.remove(slot);
        }
        if (!signal.tryAcquire(1, TimeUnit.SECONDS)) {
            return;
        }
        DesiredRelease release = wanted.get(slot);
        if (release != null && !brought(target, release, signal)) {
            signal.release();
            throw new Problem.Unavailable(
                            "CONTENT_UNREACHABLE",
                            "Bringing " + release.release() + " here",
                            "the server does not give all of it now.",
                            "It is asked again.")
                    .exception();
        }
    }

    private boolean brought(TargetLoop target, DesiredRelease release, Semaphore signal) throws IOException {
        try {
            return desired.bring(target, release);
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            unfinished.add(target.target().slot());
            signal.release();
            throw e;
        }
    }

    /** Looks at every target, says what changed, and that the agent lives. */
    private void speak() throws InterruptedException {
        voice.look();
        voice.send(false);
        voice.heartbeat();
        long end = System.nanoTime() + agent.config().heartbeat().toNanos();
        while (System.nanoTime() < end && !closing) {
            Thread.sleep(BREATH);
            if (agent.targets().stream().anyMatch(TargetLoop::isAsked)) {
                voice.look();
            }
            voice.send(false);
        }
    }

    @Override
    public void close() {
        closing = true;
        threads.forEach(Thread::interrupt);
    }
}
