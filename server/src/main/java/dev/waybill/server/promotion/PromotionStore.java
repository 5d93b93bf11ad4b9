package dev.waybill.server.promotion;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Promotions with the state that they are in. */
interface PromotionStore {
    /** Adds one as the latest of all and gives it back with its place. */
    Row insert(Tx tx, Promotion promotion);

    /** Writes the row over the one with the sequence before; false when that is gone. */
    boolean update(Tx tx, Row row);

    Optional<Row> find(Tx tx, String id);

    Optional<Row> byRelease(Tx tx, ReleaseId release);

    /** Those of a slot that are at no end, oldest first. */
    List<Row> open(Tx tx, Slot slot);

    /** Ids of all that still wait for a decision, oldest first. */
    List<String> undecided(Tx tx);

    /** Newest first. */
    List<Row> list(Tx tx, Choice choice);

    /** Ids of rows whose columns are not those of the state in them. */
    List<String> strays(Tx tx);

    /**
     * Which promotions a list holds.
     *
     * @param slot null for all
     * @param beginning hex digits with which the id begins; none for all
     */
    record Choice(@Nullable Slot slot, boolean openOnly, String beginning, int limit) {
        static Choice of(@Nullable Slot slot, boolean openOnly, int limit) {
            return new Choice(slot, openOnly, "", limit);
        }
    }

    /**
     * @param place the order of requests
     * @param summary the verification summary that decided it
     * @param lookAgain when time alone may change the verdict
     * @param sequence grows by one with every change
     */
    record Row(
            long place,
            Promotion promotion,
            @Nullable Digest summary,
            @Nullable Instant lookAgain,
            @Nullable Instant decidedAt,
            long sequence) {
        String id() {
            return promotion.request().promotion();
        }

        Slot slot() {
            return promotion.request().slot();
        }

        Row to(Promotion next) {
            return new Row(place, next, summary, null, decidedAt, sequence + 1);
        }
    }
}
