package dev.waybill.server.deploy;

import dev.waybill.api.deploy.ClaimRequest;
import dev.waybill.api.deploy.ClaimView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.predicate.ClaimedDeployment;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.ledger.Ledger;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;

/**
 * Deployments by other tools, as somebody reports them. They have no rows: few as they are, they are read from the ledger,
 * where the slot is a subject. They move no promotion and make no release, but what somebody says runs is kept (law 3).
 */
public final class Claims {
    private final Database database;
    private final Ledger ledger;
    private final Artifacts artifacts;
    private final Pipelines pipelines;
    private final Keeps keeps;
    private final Clock clock;

    public Claims(
            Database database, Ledger ledger, Artifacts artifacts, Pipelines pipelines, Keeps keeps, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.pipelines = pipelines;
        this.keeps = keeps;
        this.clock = clock;
    }

    /**
     * Logs the claim. {@code ARTIFACT_UNKNOWN}, also of what may not be read; {@code CLAIM_INVALID} for an artifact of another application; {@code
     * SLOT_UNKNOWN} when no pipeline has the slot.
     */
    public ClaimView record(ClaimRequest request, ActorName by, Predicate<ApplicationName> mayRead) {
        Artifact artifact = database.read(tx -> artifacts.resolve(tx, Ref.parse(request.ref()), mayRead));
        if (!artifact.application().equals(request.slot().application())) {
            throw invalid(request, artifact.digest() + " is of " + artifact.application() + ".");
        }
        if (request.tool() != null && !request.tool().matches("[ -~]{1,100}")) {
            throw invalid(request, "a tool's name has 1 to 100 printable ASCII characters.");
        }
        ClaimedDeployment says = new ClaimedDeployment(
                request.slot(),
                artifact.commit(),
                request.tool(),
                by,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Signed signed = ledger.keys()
                .record()
                .sign(Statement.of(
                        says,
                        Subject.of("artifact", artifact.digest()),
                        Subject.of(says.slot().toString(), Configurations.subject(says.slot()))));
        database.change(tx -> {
            pipelines.requireSlot(tx, says.slot());
            ledger.append(tx, signed);
            keeps.keep(tx, artifact.digest(), new Keeps.Reason("deployment recorded in " + says.slot(), by));
        });
        return new ClaimView(says.slot(), artifact.digest(), says.commit(), says.tool(), by, says.at(), signed.id());
    }

    private static RuntimeException invalid(ClaimRequest request, String missing) {
        return new Problem.Malformed(
                        "CLAIM_INVALID",
                        "Recording a deployment to " + request.slot(),
                        missing,
                        "Name the slot and an artifact of its application.")
                .exception();
    }
}
