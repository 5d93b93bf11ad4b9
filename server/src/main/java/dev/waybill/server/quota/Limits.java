package dev.waybill.server.quota;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an operator allows.
 *
 * @param quotas the first that matches an application holds; without one it has none
 * @param uploads what one account may have on its way
 */
public record Limits(List<QuotaPattern> quotas, Bound uploads) {
    public static final Limits DEFAULT = new Limits(List.of(), Bound.DEFAULT);

    public Limits {
        quotas = List.copyOf(quotas);
    }

    public Limits with(QuotaPattern pattern) {
        return new Limits(Stream.concat(quotas.stream(), Stream.of(pattern)).toList(), uploads);
    }

    public Limits with(Bound bound) {
        return new Limits(quotas, bound);
    }
}
