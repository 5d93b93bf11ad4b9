package dev.waybill.server.evidence;

import dev.waybill.server.db.Tx;

final class SqlReferrerStore implements ReferrerStore {
    @Override
    public long next(Tx tx) {
        return tx.handle()
                .createQuery("SELECT next_index FROM referrer_follower WHERE id = 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public void moveOn(Tx tx, long next) {
        tx.handle()
                .execute(
                        "INSERT INTO referrer_follower (id, next_index) VALUES (1, ?) ON CONFLICT (id) DO UPDATE"
                                + " SET next_index = excluded.next_index"
                                + " WHERE referrer_follower.next_index < excluded.next_index",
                        next);
    }
}
