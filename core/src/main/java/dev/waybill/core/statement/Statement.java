package dev.waybill.core.statement;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An in-toto Statement v1 (spec/v1/statement.md). Extensions stand only inside {@code predicate}: stock verifiers are strict outside. */
public record Statement(
        @JsonProperty("_type") String type, List<Subject> subject, String predicateType, JsonNode predicate) {
    public static final String TYPE = "https://in-toto.io/Statement/v1";
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    public Statement {
        subject = List.copyOf(subject);
    }

    public static Statement of(Predicate predicate, Subject... subjects) {
        return new Statement(TYPE, List.of(subjects), predicate.predicateType(), Json.tree(predicate));
    }

    /** Parses the very bytes that were signed; {@code STATEMENT_INVALID} when they are not a Statement v1 with a subject. */
    public static Statement parse(byte[] payload) {
        Statement statement = Json.readOpen(payload, Statement.class);
        if (!TYPE.equals(statement.type) || statement.subject.isEmpty() || !statement.predicate.isObject()) {
            throw new Problem.Malformed(
                            "STATEMENT_INVALID",
                            "Reading a statement",
                            "it is not an in-toto Statement v1 with at least one subject and a predicate object.",
                            "Write `_type` " + TYPE + ", `subject`, `predicateType` and `predicate`.")
                    .exception();
        }
        return statement;
    }

    /** The predicate as its record; {@code PREDICATE_MISMATCH} when this statement says something else. */
    public <T extends Predicate> T predicate(Class<T> as, String expectedType) {
        if (!predicateType.equals(expectedType)) {
            throw new Problem.Malformed(
                            "PREDICATE_MISMATCH",
                            "Reading a statement as " + expectedType,
                            "its predicate type is " + predicateType + ".",
                            "Use a statement of the expected type.")
                    .exception();
        }
        return Json.bindOpen(predicate, as);
    }

    /** True if one of the subjects has exactly this sha256. */
    public boolean isAbout(Digest digest) {
        return subject.stream().anyMatch(s -> s.sha256().filter(digest::equals).isPresent());
    }

    public byte[] payload() {
        return Json.write(this);
    }
}
