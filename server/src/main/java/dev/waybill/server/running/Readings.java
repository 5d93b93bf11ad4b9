package dev.waybill.server.running;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What documents say, kept by the documents themselves: the same bytes always say the same, so nothing here is ever out of
 * date, and a page that is looked at again parses nothing. It never answers whether something exists. Bounded; what was not
 * used for longest goes first.
 */
final class Readings {
    /** A board of 500 applications in four environments shows about 6 000 documents of about 1 kB each. */
    private static final int MOST = 20_000;

    private final Map<Object, Object> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > MOST;
        }
    };

    /** @param document the text itself or the digest of its bytes */
    <K, T> T of(K document, Class<T> type, Function<K, T> parse) {
        synchronized (read) {
            Object known = read.get(document);
            if (type.isInstance(known)) {
                return type.cast(known);
            }
        }
        T said = parse.apply(document);
        synchronized (read) {
            read.put(document, said);
        }
        return said;
    }
}
