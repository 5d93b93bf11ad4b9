package dev.waybill.server.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.WhyView;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.ledger.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The walk of {@link Why} as one file: each statement with its inclusion proof, for {@code waybill verify}.
 *
 * @param trust the keys as this server shows them; whoever verifies brings their own
 * @param heads the newest statement of each chain that the walk touches, by name of the chain
 */
record Proof(
        String format,
        Slot slot,
        @Nullable Digest artifact,
        JsonNode trust,
        List<JsonNode> statements,
        Map<String, Digest> heads) {
    private static final String FORMAT = "waybill-proof/v1";

    /** Proofs are made outside of any transaction: they wait for the checkpoint that covers them. */
    static byte[] of(WhyView why, Ledger ledger, byte[] trust) {
        List<Digest> ids = why.steps().stream()
                .flatMap(s -> s.facts().stream())
                .map(Fact::statement)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            throw new Problem.NotFound(
                            "NOTHING_RELEASED",
                            "Proving what runs in " + why.slot(),
                            "no statement is about it: nothing was ever released or observed there.",
                            "Promote something there first.")
                    .exception();
        }
        List<JsonNode> statements = ids.stream()
                .map(id -> Json.parse(
                        BundleWriter.write(ledger.prove(id), ledger.keys().log().verifier())))
                .toList();
        Map<String, Digest> heads = new HashMap<>();
        for (WhyView.Step step : why.steps()) {
            for (Fact fact : step.facts()) {
                if (step.name().equals("release") && fact.statement() != null) {
                    heads.put("releases " + why.slot(), fact.statement());
                } else if (step.name().equals("observed") && fact.statement() != null) {
                    heads.put("observations " + fact.label(), fact.statement());
                }
            }
        }
        return Json.write(new Proof(FORMAT, why.slot(), why.artifact(), Json.parse(trust), statements, heads));
    }
}
