package dev.waybill.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InForceTest {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final Slot STAGING = Slot.parse("staging/shop");
    private static final Slot PRODUCTION = Slot.parse("production/shop");
    private static final Digest ARTIFACT = Digest.sha256(new byte[] {1});

    @Test
    void an_end_takes_away_every_mark_of_its_kind_and_scope_and_no_other() {
        Mark everywhere = veto(SHOP, null, "loses orders");
        Mark again = veto(SHOP, null, "loses orders still");
        Mark here = veto(SHOP, STAGING, "too slow for staging");
        Mark pin = new Mark(Mark.Kind.PIN, false, SHOP, null, ARTIFACT, "evidence", by(), Instant.EPOCH);

        assertThat(inForce(everywhere, here, pin, again, end(everywhere))).containsExactly(here, pin);
    }

    @Test
    void what_is_said_again_after_its_end_stands() {
        Mark veto = veto(SHOP, STAGING, "too slow");

        assertThat(inForce(veto, end(veto), veto)).containsExactly(veto);
    }

    @Test
    void an_end_that_came_first_ends_nothing() {
        Mark veto = veto(SHOP, STAGING, "too slow");

        assertThat(inForce(end(veto), veto)).containsExactly(veto);
    }

    @Test
    void a_veto_keeps_bytes_out_of_its_own_slot_or_of_all_of_its_application() {
        assertThat(veto(SHOP, null, "x").vetoes(PRODUCTION, ARTIFACT)).isTrue();
        assertThat(veto(SHOP, PRODUCTION, "x").vetoes(PRODUCTION, ARTIFACT)).isTrue();
        assertThat(veto(SHOP, STAGING, "x").vetoes(PRODUCTION, ARTIFACT)).isFalse();
        assertThat(veto(new ApplicationName("books"), null, "x").vetoes(PRODUCTION, ARTIFACT))
                .isFalse();
        assertThat(veto(SHOP, null, "x").vetoes(PRODUCTION, Digest.sha256(new byte[] {2})))
                .isFalse();
    }

    private static List<Mark> inForce(Mark... marks) {
        return new InForce<Mark>(mark -> mark).hearAll(List.of(marks)).all();
    }

    private static Mark veto(ApplicationName application, @Nullable Slot slot, String reason) {
        return new Mark(Mark.Kind.VETO, false, application, slot, ARTIFACT, reason, by(), Instant.EPOCH);
    }

    private static Mark end(Mark mark) {
        return new Mark(
                mark.kind(), true, mark.application(), mark.slot(), mark.artifact(), "it is well", by(), Instant.EPOCH);
    }

    private static ActorName by() {
        return new ActorName("operations");
    }
}
