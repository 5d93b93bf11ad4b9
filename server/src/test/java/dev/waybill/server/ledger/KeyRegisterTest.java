package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRegisterTest {
    private static final List<Slot> SLOTS = List.of(Slot.parse("production/shop"));

    @TempDir
    Path data;

    private Database database;
    private Ledger ledger;
    private KeyRegister register;
    private final SigningKey agent = newKey();

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(data).open();
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
        register = ledger.register();
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void an_agents_key_counts_from_its_entry_until_the_one_that_retires_it() {
        long added = log("added", agent, ledger.keys().record());
        long retired = log("retired", agent, ledger.keys().record());

        assertThat(at(added - 1)).isEmpty();
        assertThat(at(added)).isPresent();
        assertThat(at(retired - 1)).map(KnownKey::slots).contains(SLOTS);
        assertThat(at(retired)).isEmpty();
        assertThat(database.read(tx -> register.heldBy(tx, "agent/host1")).isEmpty())
                .isTrue();
    }

    @Test
    void a_key_that_is_added_again_has_its_new_slots_from_there_on_and_no_others() {
        List<Slot> more = List.of(Slot.parse("production/shop"), Slot.parse("staging/shop"));
        log("added", agent, ledger.keys().record());
        long again = log(
                new Change("added", more, "agent/host1"), agent, ledger.keys().record());

        assertThat(at(again - 1)).map(KnownKey::slots).contains(SLOTS);
        assertThat(at(again)).map(KnownKey::slots).contains(more);
        List<KnownKey> held = database.read(tx -> register.heldBy(tx, "agent/host1"));
        assertThat(held).hasSize(1);
    }

    @Test
    void a_key_that_another_holder_claims_stays_that_of_the_first_too() {
        log("added", agent, ledger.keys().record());
        log(new Change("added", SLOTS, "agent/host2"), agent, ledger.keys().record());
        log(
                new Change("added", SLOTS, "agent/host2"),
                ledger.keys().record(),
                ledger.keys().record());

        long size = database.read(ledger::size);
        List<KnownKey> both = database.read(tx -> register.at(tx, agent.publicKey(), size));
        assertThat(both).extracting(KnownKey::holder).containsExactly("agent/host1", "agent/host2");
        assertThat(at(log("added", agent, ledger.keys().record())))
                .as("the record key, which an agent claimed, still adds keys")
                .isPresent();
    }

    @Test
    void a_key_added_by_anyone_but_a_record_key_does_not_count() {
        log("added", agent, ledger.keys().verdict());
        log("added", agent, agent);

        assertThat(at(database.read(ledger::size))).isEmpty();
    }

    @Test
    void a_retired_record_key_adds_no_more_keys() {
        log("retired", ledger.keys().record(), ledger.keys().record());

        log("added", agent, ledger.keys().record());

        assertThat(at(database.read(ledger::size))).isEmpty();
    }

    @Test
    void the_trust_file_holds_every_key_with_its_positions() {
        long added = log("added", agent, ledger.keys().record());
        long retired = log("retired", agent, ledger.keys().record());

        TrustRoot trust = TrustRoot.read(database.read(register::trustRoot).write());

        assertThat(trust.origin()).isEqualTo(ledger.keys().origin());
        assertThat(trust.keys()).hasSize(4);
        assertThat(trust.keys().getLast().validity().from()).isEqualTo(added);
        assertThat(trust.keys().getLast().validity().until()).isEqualTo(retired);
        assertThat(trust.keys().getLast().slots()).isEqualTo(SLOTS);
    }

    private Optional<KnownKey> at(long index) {
        return database.read(tx -> register.at(tx, agent.publicKey(), index)).stream()
                .findFirst();
    }

    private long log(String action, SigningKey key, SigningKey signer) {
        return log(new Change(action, SLOTS, "agent/host1"), key, signer);
    }

    private record Change(String action, List<Slot> slots, String holder) {}

    private long log(Change change, SigningKey key, SigningKey signer) {
        String publicKey = Base64.getEncoder().encodeToString(key.publicKey());
        // The size tells two otherwise equal statements apart, as the time does in life.
        Instant at = Instant.ofEpochSecond(1_700_000_000 + database.read(ledger::size));
        KeyChange says = new KeyChange(change.action(), KeyRole.AGENT, change.holder(), publicKey, change.slots(), at);
        Statement statement = Statement.of(says, Subject.of(change.holder(), KeyRegister.subject(key.publicKey())));
        return database.write(tx -> ledger.append(tx, signer.sign(statement)));
    }

    private static SigningKey newKey() {
        KeyPair pair = SigningKey.generate();
        return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }
}
