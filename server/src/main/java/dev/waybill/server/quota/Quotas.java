package dev.waybill.server.quota;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Lets an application hold so much and no more. What it holds is summed up from the links of its repository each time, so
 * there is no counter that all its pushes change, and none that can go wrong. A push holds its bytes back here from before the
 * look at that sum until its links are committed: two that fit only one by one are never both let in. The lock is of memory
 * alone, and nobody waits for the database under it.
 */
public final class Quotas {
    /** Others may commit and let go between the two looks, and then count twice: look again before saying no. */
    private static final int LOOKS = 3;

    private final List<QuotaPattern> patterns;
    private final ToLongFunction<ApplicationName> used;
    private final Map<ApplicationName, Map<Digest, Held>> held = new HashMap<>();
    private long came;

    /** @param used what an application's repository holds by now, in bytes, each link once */
    public Quotas(List<QuotaPattern> patterns, ToLongFunction<ApplicationName> used) {
        this.patterns = List.copyOf(patterns);
        this.used = used;
    }

    /**
     * Pushes of one digest hold its bytes once, together.
     *
     * @param order each yields to those that came before, so that of many at once the first ones get in
     */
    private record Held(long bytes, int pushes, long order, BooleanSupplier isThere) {}

    /** Room that is held until what it is for is committed, or is not. */
    public interface Admitted extends AutoCloseable {
        @Override
        void close();
    }

    /** What the application may hold; empty where nothing was said. */
    public OptionalLong limit(ApplicationName application) {
        return patterns.stream()
                .filter(pattern -> pattern.matches(application))
                .mapToLong(QuotaPattern::bytes)
                .findFirst();
    }

    /** What it holds, in bytes. */
    public long used(ApplicationName application) {
        return used.applyAsLong(application);
    }

    /**
     * Holds room for bytes that are about to be linked; {@code QUOTA_EXCEEDED}.
     *
     * @param isThere whether they are linked there already: then they cost nothing
     */
    public Admitted admit(ApplicationName application, Digest digest, long bytes, BooleanSupplier isThere) {
        OptionalLong limit = limit(application);
        if (limit.isEmpty() || isThere.getAsBoolean()) {
            return () -> {};
        }
        long order = hold(application, digest, bytes, isThere);
        try {
            require(application, new Asked(digest, bytes, limit.getAsLong(), isThere), order);
        } catch (RuntimeException e) {
            letGo(application, digest);
            throw e;
        }
        return () -> letGo(application, digest);
    }

    private record Asked(Digest digest, long bytes, long limit, BooleanSupplier isThere) {}

    private void require(ApplicationName application, Asked asked, long order) {
        long before = 0;
        long others = 0;
        for (int look = 0; look < LOOKS; look++) {
            // In this order: whoever let go before the first look is in the sum of the second.
            // So is whoever is linked by now and did not let go yet; that is asked only when it may matter.
            boolean exactly = look > 0;
            others = earlier(application, order).stream()
                    .filter(one -> !exactly || !one.isThere().getAsBoolean())
                    .mapToLong(Held::bytes)
                    .sum();
            before = used.applyAsLong(application);
            if (asked.bytes() <= asked.limit() - before - others
                    || asked.isThere().getAsBoolean()) {
                return;
            }
        }
        throw exceeded(application, asked, before, others);
    }

    private static RuntimeException exceeded(ApplicationName application, Asked asked, long before, long others) {
        String pushed = others == 0 ? "" : ", " + Bytes.of(others) + " more are being pushed";
        return new Problem.Refused(
                        "QUOTA_EXCEEDED",
                        "Storing " + asked.digest() + " (" + Bytes.of(asked.bytes()) + ") in " + application,
                        application + " holds " + Bytes.of(before) + " of its quota of " + Bytes.of(asked.limit())
                                + pushed + ".",
                        "Delete what nobody needs (`waybill registry storage` shows where it is), or ask who runs the"
                                + " server for more (`--quota " + application + "=SIZE`). Pulls go on.")
                .exception();
    }

    private synchronized long hold(ApplicationName application, Digest digest, long bytes, BooleanSupplier isThere) {
        Held one = held.computeIfAbsent(application, a -> new HashMap<>())
                .merge(
                        digest,
                        new Held(bytes, 1, came++, isThere),
                        (old, more) -> new Held(
                                Math.max(old.bytes(), more.bytes()), old.pushes() + 1, old.order(), more.isThere()));
        return one.order();
    }

    private synchronized void letGo(ApplicationName application, Digest digest) {
        held.computeIfPresent(application, (a, digests) -> {
            digests.computeIfPresent(
                    digest,
                    (d, h) -> h.pushes() == 1 ? null : new Held(h.bytes(), h.pushes() - 1, h.order(), h.isThere()));
            return digests.isEmpty() ? null : digests;
        });
    }

    private synchronized List<Held> earlier(ApplicationName application, long order) {
        return held.getOrDefault(application, Map.of()).values().stream()
                .filter(one -> one.order() < order)
                .toList();
    }
}
