package dev.waybill.server.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.WhyView;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The walk of {@link Why} as one file: each statement with its inclusion proof, for {@code waybill verify}.
 *
 * @param trust the keys as this server shows them; whoever verifies brings their own
 * @param keys the ledger's statements about the agents' keys that the walk needs: a trust file may be older than an agent
 */
record Proof(
        String format,
        Slot slot,
        @Nullable Digest artifact,
        JsonNode trust,
        List<JsonNode> keys,
        List<JsonNode> statements) {
    private static final String FORMAT = "waybill-proof/v1";

    /** Proofs are made outside of any transaction: they wait for the checkpoint that covers them. */
    static byte[] of(WhyView why, Database database, Ledger ledger) {
        List<Digest> walked = why.steps().stream()
                .flatMap(s -> s.facts().stream())
                .map(Fact::statement)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (walked.isEmpty()) {
            throw new Problem.NotFound(
                            "NOTHING_RELEASED",
                            "Proving what runs in " + why.slot(),
                            "no statement is about it: nothing was ever released or observed there.",
                            "Promote something there first.")
                    .exception();
        }
        TrustRoot trust = database.read(tx -> ledger.register().trustRoot(tx));
        List<Digest> ids = database.read(tx -> withInputs(tx, ledger, walked));
        List<Digest> keys = database.read(tx -> agentKeys(tx, ledger, ids));
        return Json.write(new Proof(
                FORMAT,
                why.slot(),
                why.artifact(),
                Json.parse(trust.write()),
                bundles(ledger, keys),
                bundles(ledger, ids)));
    }

    /** The walk and every statement that its decisions say they used: a decision without its reasons proves little. */
    private static List<Digest> withInputs(Tx tx, Ledger ledger, List<Digest> walked) {
        Set<Digest> all = new LinkedHashSet<>(walked);
        for (Digest id : walked) {
            ledger.find(tx, id)
                    .filter(e -> e.statement().predicateType().equals(PredicateTypes.VERIFICATION_SUMMARY))
                    .map(e -> e.statement().predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY))
                    .ifPresent(summary -> all.addAll(summary.inputs()));
        }
        return List.copyOf(all);
    }

    /** What the ledger says of the keys that made these statements, the server's own excepted. */
    private static List<Digest> agentKeys(Tx tx, Ledger ledger, List<Digest> statements) {
        return statements.stream()
                .flatMap(id -> ledger.find(tx, id).stream())
                .filter(entry -> KeyRole.AGENT.maySay(entry.statement().predicateType()))
                .map(entry -> Digest.sha256(entry.signed().publicKey()))
                .distinct()
                .flatMap(key -> ledger.about(tx, key, PredicateTypes.KEY).stream())
                .map(Entry::id)
                .toList();
    }

    private static List<JsonNode> bundles(Ledger ledger, List<Digest> ids) {
        NoteKey log = ledger.keys().log().verifier();
        return ids.stream()
                .map(id -> Json.parse(BundleWriter.write(ledger.prove(id), log)))
                .toList();
    }
}
