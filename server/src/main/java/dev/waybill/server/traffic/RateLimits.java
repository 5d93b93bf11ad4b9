package dev.waybill.server.traffic;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of tokens for each account, and for each address (of IPv6: each /64) of those who show no account: one that asks without end waits, and
 * nobody else does. So many buckets at most; beyond, whoever was not heard of for the longest time begins anew, with a full one.
 * Accounts and addresses are apart, so that no number of addresses pushes an account out.
 */
public final class RateLimits {
    /** So many requests at once, in seconds of the rate. */
    static final int BURST = 10;

    private static final int MOST = 10_000;
    private static final double NANOS = 1e9;

    private final Rates rates;
    private final InstantSource clock;
    private final Buckets accounts = new Buckets();
    private final Buckets addresses = new Buckets();

    public RateLimits(Rates rates, InstantSource clock) {
        this.rates = rates;
        this.clock = clock;
    }

    private static final class Bucket {
        private double tokens;
        private long filled;
        private long refused;
        private @Nullable Instant lastRefused;

        Bucket(double tokens, long now) {
            this.tokens = tokens;
            this.filled = now;
        }

        /** How long until there is a token, in nanoseconds; 0 when there is one. */
        long look(int rate, long now) {
            tokens = Math.min((double) rate * BURST, tokens + (now - filled) * rate / NANOS);
            filled = now;
            return tokens >= 1 ? 0 : (long) ((1 - tokens) / rate * NANOS);
        }

        void take() {
            tokens -= 1;
        }
    }

    @SuppressWarnings("serial")
    private static final class Buckets extends LinkedHashMap<String, Bucket> {
        Buckets() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    }

    /** In how many whole seconds this account may ask again; 0 when it may now. */
    public long account(String name) {
        return wait(true, name, System.nanoTime());
    }

    /** As {@link #account}, for whoever shows no account. */
    public long address(String name) {
        return wait(false, name, System.nanoTime());
    }

    /** As {@link #address}, for whoever may turn out to have an account: the request is counted only if it is refused. */
    public long stranger(String name) {
        return stranger(name, System.nanoTime());
    }

    long stranger(String name, long now) {
        return wait(addresses, network(name), rates.address(), now, false);
    }

    long wait(boolean account, String name, long now) {
        return account
                ? wait(accounts, name, rates.account(), now, true)
                : wait(addresses, network(name), rates.address(), now, true);
    }

    /** One line has 2^64 addresses of IPv6 (RFC 6177): what is limited is the line. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 16 ? HexFormat.ofDelimiter(":").formatHex(bytes, 0, 8) + "::/64" : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private long wait(Buckets buckets, String name, int rate, long now, boolean take) {
        if (rate == 0) {
            return 0;
        }
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(name, n -> new Bucket((double) rate * BURST, now));
            long nanos = bucket.look(rate, now);
            if (nanos == 0) {
                if (take) {
                    bucket.take();
                }
                return 0;
            }
            bucket.refused++;
            bucket.lastRefused = clock.instant();
            return Math.max(1, (long) Math.ceil(nanos / NANOS));
        }
    }

    /** How many have a bucket. */
    int size() {
        synchronized (accounts) {
            synchronized (addresses) {
                return accounts.size() + addresses.size();
            }
        }
    }

    /** @param account false for an address */
    public record Refused(String name, boolean account, long times, Instant last) {}

    /** Who was told to wait, the last ones first. */
    public List<Refused> refused(int limit) {
        List<Refused> all = new ArrayList<>();
        collect(accounts, true, all);
        collect(addresses, false, all);
        return all.stream()
                .sorted(Comparator.comparing(Refused::last).reversed())
                .limit(limit)
                .toList();
    }

    private static void collect(Buckets buckets, boolean account, List<Refused> into) {
        synchronized (buckets) {
            buckets.forEach((name, bucket) -> {
                Instant last = bucket.lastRefused;
                if (last != null) {
                    into.add(new Refused(name, account, bucket.refused, last));
                }
            });
        }
    }
}
