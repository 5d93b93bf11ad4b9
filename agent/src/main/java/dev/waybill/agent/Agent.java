package dev.waybill.agent;

import dev.waybill.agent.config.AgentConfig;
import dev.waybill.agent.directory.DirectoryDriver;
import dev.waybill.agent.directory.Root;
import dev.waybill.agent.directory.Shelf;
import dev.waybill.agent.host.Host;
import dev.waybill.agent.host.HostLauncher;
import dev.waybill.agent.observe.Observer;
import dev.waybill.agent.report.Reports;
import dev.waybill.agent.store.AgentState;
import dev.waybill.agent.store.ContentStore;
import dev.waybill.agent.store.Disk;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.agent.verify.Witness;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.deploy.Enrolled;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.verify.TrustRoot;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The agent of one configuration, put together. Holds no threads: {@link Daemon} runs it, a rollback uses it once. */
final class Agent {
    private final AgentConfig config;
    private final AgentState state;
    private final Enrolled enrolled;
    private final WaybillClient client;
    private final ContentStore content;
    private final Witness witness;
    private final List<TargetLoop> targets = new ArrayList<>();
    private final ReadWriteLock contentInUse = new ReentrantReadWriteLock();

    Agent(AgentConfig config, AgentState state) throws IOException {
        Disk disk = new RealDisk();
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        this.config = config;
        this.state = state;
        this.enrolled = state.requireEnrolled();
        this.client = WaybillClient.to(config.server(), enrolled.token());
        this.content = new ContentStore(disk, state.content());
        this.witness = new Witness(disk, state.checkpoint(), trust(), new ServedLedger(client.ledger()));
        SigningKey key = state.key();
        Host host = Host.here();
        for (AgentConfig.Target target : config.targets()) {
            requireEnrolledFor(target.slot());
            Root root = new Root(target.root());
            DirectoryDriver.Tools tools = new DirectoryDriver.Tools(disk, new HostLauncher(), host, content, clock);
            Reports reports = new Reports(
                    disk,
                    state.reports(target.slot()),
                    new Reports.Speaker(enrolled.agent(), target.name(), target.slot(), key, witness::seen));
            targets.add(new TargetLoop(new TargetLoop.Parts(
                    target,
                    new DirectoryDriver(root, target.keep(), tools),
                    new Observer(root, new Shelf(disk, root)),
                    reports,
                    clock)));
        }
    }

    AgentConfig config() {
        return config;
    }

    AgentState state() {
        return state;
    }

    WaybillClient client() {
        return client;
    }

    Witness witness() {
        return witness;
    }

    ContentStore content() {
        return content;
    }

    TrustRoot trust() {
        return TrustRoot.read(Json.write(enrolled.trustRoot()));
    }

    List<TargetLoop> targets() {
        return List.copyOf(targets);
    }

    Optional<TargetLoop> find(Slot slot) {
        return targets.stream().filter(t -> t.target().slot().equals(slot)).findFirst();
    }

    TargetLoop target(Slot slot) {
        return find(slot)
                .orElseThrow(() -> new Problem.NotFound(
                                "TARGET_UNKNOWN",
                                "Finding the target of " + slot,
                                "this agent's configuration has none for that slot.",
                                "Check `targets` in agent.yaml.")
                        .exception());
    }

    /** Held by each target from the first byte that it fetches until a record names what it fetched: no sweep meanwhile. */
    Lock fetching() {
        return contentInUse.readLock();
    }

    /** Forgets content that no kept release needs. While a target fetches nothing is swept: whoever ends next does it. */
    void sweep() throws IOException {
        if (contentInUse.writeLock().tryLock()) {
            try {
                sweepContent();
            } finally {
                contentInUse.writeLock().unlock();
            }
        }
    }

    private void sweepContent() throws IOException {
        Set<Digest> keep = new HashSet<>();
        for (TargetLoop target : targets) {
            keep.addAll(target.driver().blobs());
        }
        content.sweep(keep);
    }

    private void requireEnrolledFor(Slot slot) {
        if (!enrolled.slots().contains(slot)) {
            throw new Problem.Refused(
                            "SLOT_NOT_ENROLLED",
                            "Starting the agent for " + slot,
                            "it was enrolled for " + enrolled.slots() + " only.",
                            "Ask an admin for an invitation for this slot and enrol again.")
                    .exception();
        }
    }
}
