package dev.waybill.server.configuration;

import dev.waybill.api.promotion.PipelineView;
import dev.waybill.core.json.Json;
import dev.waybill.core.json.Place;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.pipeline.Pipeline;
import dev.waybill.core.predicate.PipelineApplied;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.project.ConfigurationContract;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.text.Closest;
import dev.waybill.server.configuration.PipelineStore.Version;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Applied pipelines: nothing counts that stands only in a commit. */
public final class Pipelines {
    private static final int TRIES = 50;

    private final Database database;
    private final Ledger ledger;
    private final Clock clock;
    private final PipelineStore store = new SqlPipelineStore();

    public Pipelines(Database database, Ledger ledger, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A pipeline in force. {@code says.pipeline} is the full form whose canonical JSON the policy digest is of. */
    public record Applied(
            Digest statement, long index, PipelineApplied says, Pipeline pipeline, ConfigurationContract contract) {
        public Digest policy() {
            return pipeline.digest();
        }

        PipelineView view() {
            return new PipelineView(
                    says.application(),
                    says.version(),
                    says.pipeline(),
                    says.config(),
                    says.by(),
                    says.at(),
                    statement);
        }
    }

    /** What somebody sends: the list itself, or an object that holds it under {@code pipeline}, with the contract. */
    private record Wish(Pipeline pipeline, ConfigurationContract contract) {
        static Wish parse(JsonNode body) {
            if (body.isArray()) {
                return new Wish(Pipeline.parse(body), ConfigurationContract.NONE);
            }
            Place root = Place.root(body).only("pipeline", "config");
            return new Wish(
                    Pipeline.parse(root.get("pipeline")),
                    root.find("config").map(ConfigurationContract::read).orElse(ConfigurationContract.NONE));
        }

        boolean isIn(Optional<Applied> head) {
            return head.isPresent()
                    && head.get().pipeline().equals(pipeline)
                    && head.get().contract().equals(contract);
        }

        @Nullable
        JsonNode config() {
            return contract.equals(ConfigurationContract.NONE) ? null : Json.tree(contract);
        }
    }

    /** Makes the next version; applying what is in force already answers that. */
    public PipelineView apply(ApplicationName application, JsonNode body, ActorName by) {
        Wish wish = Wish.parse(body);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Applied> head = database.read(tx -> current(tx, application));
            if (wish.isIn(head)) {
                return head.orElseThrow().view();
            }
            PipelineApplied says = new PipelineApplied(
                    application,
                    head.map(a -> a.says().version()).orElse(0L) + 1,
                    head.map(Applied::statement).orElse(null),
                    wish.pipeline().expand(),
                    wish.config(),
                    by,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            Signed signed = sign(says, wish.pipeline());
            boolean won = database.write(tx -> {
                if (!store.newest(tx, application).map(Version::statement).equals(head.map(Applied::statement))) {
                    return false;
                }
                ledger.append(tx, signed);
                store.insert(tx, application, new Version(says.version(), signed.id()));
                return true;
            });
            if (won) {
                return read(application);
            }
        }
        throw new Problem.Conflict(
                        "PIPELINE_CHANGED",
                        "Applying the pipeline of " + application,
                        "others apply theirs all the time.",
                        "Agree on one, then apply it again.")
                .exception();
    }

    private Signed sign(PipelineApplied says, Pipeline pipeline) {
        return ledger.keys()
                .record()
                .sign(Statement.of(
                        says,
                        Subject.of("pipeline", pipeline.digest()),
                        Subject.of(says.application().value(), subject(says.application()))));
    }

    /** What statements about an application have as subject: sha256 of its name. */
    public static Digest subject(ApplicationName application) {
        return Digest.sha256(application.value().getBytes(StandardCharsets.UTF_8));
    }

    /** What applying would make; nothing is written. */
    public PipelineView dryRun(ApplicationName application, JsonNode body) {
        Wish wish = Wish.parse(body);
        Optional<Applied> head = database.read(tx -> current(tx, application));
        long version = head.map(a -> a.says().version()).orElse(0L) + (wish.isIn(head) ? 0 : 1);
        return new PipelineView(application, version, wish.pipeline().expand(), wish.config(), null, null, null);
    }

    /** The pipeline in force; {@code PIPELINE_UNKNOWN} when none was applied. */
    public PipelineView read(ApplicationName application) {
        return database.read(tx -> require(tx, application)).view();
    }

    /** Applications that have a pipeline, by name. */
    public List<ApplicationName> applications(Tx tx) {
        return store.applications(tx);
    }

    /** The newest that the ledger has: gates decide by it, so a row that says something else decides nothing. */
    public Optional<Applied> current(Tx tx, ApplicationName application) {
        return ledger.about(tx, subject(application), PredicateTypes.PIPELINE).reversed().stream()
                .filter(e -> says(e).application().equals(application))
                .filter(e -> ledger.register().counts(tx, e, KeyRole.RECORD))
                .findFirst()
                .map(e -> {
                    PipelineApplied says = says(e);
                    ConfigurationContract contract = says.config() == null
                            ? ConfigurationContract.NONE
                            : ConfigurationContract.read(Place.root(says.config()));
                    return new Applied(e.id(), e.index(), says, Pipeline.parse(says.pipeline()), contract);
                });
    }

    /** {@code SLOT_UNKNOWN} when the application's pipeline in force has no such environment; the sentence says which it has. */
    public void requireSlot(Tx tx, Slot slot) {
        Optional<Pipeline> pipeline = current(tx, slot.application()).map(Applied::pipeline);
        if (pipeline.flatMap(p -> p.stage(slot.environment())).isEmpty()) {
            throw new Problem.NotFound(
                            "SLOT_UNKNOWN",
                            "Looking at " + slot,
                            pipeline.map(p -> "the pipeline of " + slot.application() + " has "
                                            + p.slots(slot.application()).stream()
                                                    .map(Slot::toString)
                                                    .collect(Collectors.joining(", "))
                                            + "." + meant(p, slot))
                                    .orElseGet(() -> "no pipeline of " + slot.application() + " was ever applied."),
                            "Name one of the slots that `waybill running` lists, or apply a pipeline that has it, with"
                                    + " `waybill apply`.")
                    .exception();
        }
    }

    private static String meant(Pipeline pipeline, Slot slot) {
        List<String> close = Closest.to(
                slot.environment().value(),
                pipeline.environments().stream().map(EnvironmentName::value).toList());
        return close.isEmpty()
                ? ""
                : " Did you mean "
                        + String.join(
                                " or ",
                                close.stream()
                                        .map(e -> e + "/" + slot.application())
                                        .toList()) + "?";
    }

    /** As {@link #requireSlot}, where a slot may be spoken of before any pipeline is there. */
    public void requireKnownSlot(Slot slot) {
        database.read(tx -> {
            if (current(tx, slot.application()).isPresent()) {
                requireSlot(tx, slot);
            }
            return slot;
        });
    }

    private static PipelineApplied says(Entry entry) {
        return entry.statement().predicate(PipelineApplied.class, PredicateTypes.PIPELINE);
    }

    /** As {@link #current}; {@code PIPELINE_UNKNOWN} when none was applied. */
    public Applied require(Tx tx, ApplicationName application) {
        return current(tx, application)
                .orElseThrow(() -> new Problem.NotFound(
                                "PIPELINE_UNKNOWN",
                                "Looking for the pipeline of " + application,
                                "none was ever applied.",
                                "Write one into waybill.yaml, then `waybill apply -f waybill.yaml`.")
                        .exception());
    }
}
