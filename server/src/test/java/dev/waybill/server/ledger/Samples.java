package dev.waybill.server.ledger;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Statements for tests of the ledger: pins, because they are small. */
final class Samples {
    private Samples() {}

    static Signed mark(Ledger ledger, String reason) {
        return mark(ledger, reason, Digest.sha256(reason.getBytes(StandardCharsets.UTF_8)));
    }

    static Signed mark(Ledger ledger, String reason, Digest artifact) {
        Mark pin = new Mark(
                Mark.Kind.PIN,
                false,
                new ApplicationName("shop"),
                null,
                artifact,
                reason,
                new ActorName("operator"),
                Instant.parse("2026-01-02T03:04:05Z"));
        return ledger.keys().record().sign(Statement.of(pin, Subject.of("shop", artifact)));
    }
}
