package dev.waybill.server.db;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers out of read transactions, good until the next write of any kind: an answer is remembered with the number of writes
 * that were acknowledged before it was asked for, and is nobody's once there are more. So nobody who knows of a write gets an
 * answer from before it. Only what is there is remembered; what is missing is asked for each time.
 *
 * @param <K> what is asked, whole: also who asks, where that matters
 */
public final class Remembered<K, V> {
    private final Database database;
    private final int most;
    private final ConcurrentHashMap<K, Answer<V>> answers = new ConcurrentHashMap<>();

    private record Answer<V>(long writes, V value) {}

    /** @param most answers that are kept; beyond, all are forgotten */
    public Remembered(Database database, int most) {
        this.database = database;
        this.most = most;
    }

    public Optional<V> get(K key, Supplier<Optional<V>> ask) {
        long writes = database.writes();
        Answer<V> known = answers.get(key);
        if (known != null && known.writes() == writes) {
            return Optional.of(known.value());
        }
        Optional<V> value = ask.get();
        if (value.isEmpty()) {
            answers.remove(key);
            return value;
        }
        if (answers.size() >= most) {
            answers.clear();
        }
        answers.put(key, new Answer<>(writes, value.get()));
        return value;
    }
}
