package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.util.List;
import java.util.Map;

/**
 * A signed pointer to a document that is too large for a ledger entry (in-toto spec/predicates/reference.md, v0.1).
 * Subjects: the artifact's digest, then the commit.
 *
 * @param attester who refers
 * @param about extension: the predicate type that the document would have had as a statement of its own
 */
public record DocumentReference(
        Attester attester,
        List<Document> references,
        @JsonProperty("waybill_predicateType") String about) implements Predicate {
    public record Attester(String id) {}

    /** The resource descriptor's fields that the specification demands here. */
    public record Document(String name, String downloadLocation, Map<String, String> digest, String mediaType) {}

    @Override
    public String predicateType() {
        return PredicateTypes.REFERENCE;
    }
}
