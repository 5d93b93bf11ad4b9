package dev.waybill.core.policy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verified facts about one digest on its way into one slot: all that gates read.
 *
 * @param completeTo the ledger size up to which <em>all</em> negative facts were read; a positive fact at or beyond it does
 *     not count, so 0 ("unknown") lets nothing pass
 * @param registrations of the digest, for whatever application; gates take the one for the slot's
 * @param tests runs on the digest, all of them, passed or not
 * @param evidence every other statement about the digest
 * @param approvals approvals and rejections of the digest in the slot
 * @param movements releases, deployments and observations in the application's slots
 * @param marks vetoes of the digest and holds of the slot, and their ends
 * @param configuration what the slot would run with
 */
public record History(
        Request request,
        long completeTo,
        List<Fact<Registration>> registrations,
        List<Fact<TestResult>> tests,
        List<Evidence> evidence,
        List<Fact<Approval>> approvals,
        Movements movements,
        List<HeldMark> marks,
        Configuration configuration) {
    public History {
        registrations = List.copyOf(registrations);
        tests = List.copyOf(tests);
        evidence = List.copyOf(evidence);
        approvals = List.copyOf(approvals);
        marks = List.copyOf(marks);
    }

    /** A statement of which only kind and subject matter here. */
    public record Evidence(Digest id, long index, String predicateType) {}

    /**
     * What was released, commanded and seen in the application's slots, of this digest and of whatever took its place.
     *
     * @param targets what belongs to each slot now; a release that misses one of them is partial
     */
    public record Movements(
            List<Fact<ReleaseMade>> releases,
            List<Fact<Deployment>> deployments,
            List<Fact<Observation>> observations,
            List<Target> targets) {
        public Movements {
            releases = List.copyOf(releases);
            deployments = List.copyOf(deployments);
            observations = List.copyOf(observations);
            targets = List.copyOf(targets);
        }

        public static Movements none() {
            return new Movements(List.of(), List.of(), List.of(), List.of());
        }
    }

    /**
     * What an agent deploys to. All targets of a slot must agree before a release there counts.
     *
     * @param since the first ledger place at which its agent speaks; before it the same name was another agent's
     */
    public record Target(
            Slot slot,
            AgentName agent,
            String target,
            @Nullable Heard heard,
            long since) {
        public Target since(long place) {
            return new Target(slot, agent, target, heard, place);
        }

        /** True if a report at this place, by this agent of a target of this name, is about this one. */
        boolean is(AgentName byAgent, String name, long index) {
            return agent.equals(byAgent) && target.equals(name) && index >= since;
        }

        @Override
        public String toString() {
            return agent + "/" + target;
        }
    }

    /** The latest signed heartbeat: the logged observation with this id still held at that time. */
    public record Heard(Digest observation, Instant until) {}

    /** @param afterFailure true when the server set the hold because a release failed, not because a person said so */
    public record HeldMark(Fact<Mark> mark, boolean afterFailure) {}

    /**
     * @param current the slot's configuration now, null when it never had one
     * @param required the keys that the artifact declares; null when its contract could not be read, which is no pass
     */
    public record Configuration(
            @Nullable Fact<ConfigurationSet> current,
            @Nullable List<String> required) {
        public Configuration {
            required = required == null ? null : List.copyOf(required);
        }

        /** 0 when the slot has no configuration. */
        public long version() {
            return current == null ? 0 : current.says().version();
        }
    }

    /** The same, with nothing speaking for it from this place of the ledger on. */
    public History before(long index) {
        return new History(
                request,
                Math.min(completeTo, index),
                registrations,
                tests,
                evidence,
                approvals,
                movements,
                marks,
                configuration);
    }

    public Digest artifact() {
        return request.artifact();
    }

    public Slot slot() {
        return request.slot();
    }

    /** True if a positive fact at this place may count. */
    boolean counts(long index) {
        return index >= 0 && index < completeTo;
    }
}
