package dev.waybill.server.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of marks rests on signatures, whatever somebody wrote to the database. */
class StandingTest {
    private static final Slot SLOT = Slot.parse("production/shop");
    private static final Digest ARTIFACT = Digest.sha256("shop".getBytes(StandardCharsets.UTF_8));
    private static final KeyPair PAIR = SigningKey.generate();
    private static final SigningKey STRANGER =
            new SigningKey(PAIR.getPrivate(), PAIR.getPublic().getEncoded());

    @TempDir
    Path data;

    private Database database;
    private Ledger ledger;
    private Slots slots;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(data).open();
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
        slots = new Slots(ledger, Duration.ofSeconds(15));
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void a_mark_counts_only_by_a_key_that_may_set_one_and_so_does_its_end() {
        mark(STRANGER, Mark.Kind.HOLD, false);
        mark(ledger.keys().ingest(), Mark.Kind.HOLD, false);
        assertThat(standing()).isEmpty();

        mark(ledger.keys().record(), Mark.Kind.VETO, false);
        mark(STRANGER, Mark.Kind.VETO, true);

        assertThat(standing()).extracting(MarkView::kind).containsExactly(Mark.Kind.VETO);
    }

    @Test
    void nothing_is_shown_as_free_of_marks_while_the_signature_of_one_does_not_verify() {
        Signed veto = mark(ledger.keys().record(), Mark.Kind.VETO, false);
        assertThat(standing()).hasSize(1);
        String ended = new String(veto.payload(), StandardCharsets.UTF_8).replace("\"ended\":false", "\"ended\":true");
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_statement SET payload = ? WHERE sha256 = ?",
                        ended.getBytes(StandardCharsets.UTF_8),
                        veto.id().hex()));

        assertThatThrownBy(this::standing).hasMessageContaining("EVIDENCE_UNVERIFIABLE");
    }

    private List<MarkView> standing() {
        return database.read(slots::standing).marks();
    }

    private Signed mark(SigningKey key, Mark.Kind kind, boolean ended) {
        boolean hold = kind == Mark.Kind.HOLD;
        Mark says = new Mark(
                kind,
                ended,
                SLOT.application(),
                SLOT,
                hold ? null : ARTIFACT,
                "Because of a bug.",
                new ActorName("release-manager"),
                Instant.parse("2026-11-20T14:02:00Z"));
        Signed signed = key.sign(Statement.of(says, Subject.of("marked", ARTIFACT)));
        database.change(tx -> ledger.append(tx, signed));
        return signed;
    }
}
