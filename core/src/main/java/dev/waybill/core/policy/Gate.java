package dev.waybill.core.policy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Span;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A requirement on entering an environment. Values only; {@link Policy} judges them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "gate")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Gate.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = Gate.NoVeto.class, name = "no-veto"),
    @JsonSubTypes.Type(value = Gate.NoHold.class, name = "no-hold"),
    @JsonSubTypes.Type(value = Gate.ConfigurationContract.class, name = "configuration"),
    @JsonSubTypes.Type(value = Gate.KnownAuthor.class, name = "known-author"),
    @JsonSubTypes.Type(value = Gate.Order.class, name = "order"),
    @JsonSubTypes.Type(value = Gate.Tests.class, name = "tests"),
    @JsonSubTypes.Type(value = Gate.Evidence.class, name = "evidence"),
    @JsonSubTypes.Type(value = Gate.Soak.class, name = "soak"),
    @JsonSubTypes.Type(value = Gate.Approvals.class, name = "approvals"),
    @JsonSubTypes.Type(value = Gate.WasHealthy.class, name = "was-healthy"),
    @JsonSubTypes.Type(value = Gate.Reason.class, name = "reason")
})
public sealed interface Gate {
    /** How the gate is named in a verdict, a summary and the full form of a pipeline. */
    String label();

    /** The digest is registered for the application. Part of every policy. */
    record Registered() implements Gate {
        @Override
        public String label() {
            return "registered";
        }
    }

    /** Nobody has vetoed the digest, everywhere or here. Part of every policy. */
    record NoVeto() implements Gate {
        @Override
        public String label() {
            return "no-veto";
        }
    }

    /** Nobody holds the slot. A hold that a failed release left behind lets the next promotion through. Part of every policy. */
    record NoHold() implements Gate {
        @Override
        public String label() {
            return "no-hold";
        }
    }

    /** The slot's configuration has all keys that the artifact declares as required. Part of every policy. */
    record ConfigurationContract() implements Gate {
        @Override
        public String label() {
            return "configuration";
        }
    }

    /** The commit's author is known, so that author exclusion means something. */
    record KnownAuthor() implements Gate {
        @Override
        public String label() {
            return "known-author";
        }
    }

    /**
     * A release of this digest in {@code after} was deployed successfully on every target there and then observed running
     * these bytes. Part of every policy but the first environment's.
     */
    record Order(EnvironmentName after) implements Gate {
        @Override
        public String label() {
            return "order";
        }
    }

    /**
     * The latest run of the suite on these bytes passed.
     *
     * @param on the environment whose running release the run must be bound to by observation, null for any verified run
     */
    record Tests(String suite, @Nullable EnvironmentName on, Accepting accepting) implements Gate {
        @Override
        public String label() {
            return "tests " + suite + (on == null ? "" : " on " + on);
        }
    }

    /** What a tests gate takes besides a verified PASSED; nothing by default. */
    record Accepting(boolean claimed, boolean warned) {
        public static final Accepting NOTHING = new Accepting(false, false);
    }

    /** A statement of this type about the digest exists: {@code sbom}, {@code scan}, {@code provenance} or a predicate type. */
    record Evidence(String type) implements Gate {
        @Override
        public String label() {
            return "evidence " + type;
        }
    }

    /** The digest ran undisturbed in {@code in} for so long, as observed. */
    record Soak(Span length, EnvironmentName in) implements Gate {
        @Override
        public String label() {
            return "soak";
        }
    }

    /** Who may not approve. */
    enum Exclusion {
        REQUESTER,
        AUTHOR;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** So many different people have approved exactly what is decided now. */
    record Approvals(int count, Set<Exclusion> exclude) implements Gate {
        public Approvals {
            exclude = sorted(exclude);
        }

        private static Set<Exclusion> sorted(Collection<Exclusion> these) {
            Set<Exclusion> set = EnumSet.noneOf(Exclusion.class);
            set.addAll(these);
            return Collections.unmodifiableSet(set);
        }

        @Override
        public String label() {
            return "approvals";
        }
    }

    /** For a rollback: this release was let through, deployed and observed healthy in the slot before. */
    record WasHealthy(ReleaseId release) implements Gate {
        @Override
        public String label() {
            return "was-healthy";
        }
    }

    /** For a rollback: somebody says why. */
    record Reason(String why) implements Gate {
        @Override
        public String label() {
            return "reason";
        }
    }
}
