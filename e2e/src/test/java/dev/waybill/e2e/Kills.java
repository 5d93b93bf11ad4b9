package dev.waybill.e2e;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * How often and when to kill: {@code -Dwaybill.kill.rounds} (a few in the usual tests, many by {@code ./dev kill}) and
 * {@code -Dwaybill.kill.seed}, from which the moments follow. The moment itself is what is tested, so it is waited for.
 */
record Kills(int rounds, long seed, Random random) {
    private static final int LATEST_MILLIS = 1_500;

    static Kills begin() {
        long seed = Long.getLong("waybill.kill.seed", System.nanoTime());
        return new Kills(Integer.getInteger("waybill.kill.rounds", 3), seed, new Random(seed));
    }

    /** Lets things go on for a random while, then kills. */
    void during(int round, String what, Runnable kill) {
        long millis = random.nextInt(LATEST_MILLIS);
        LockSupport.parkNanos(millis * 1_000_000);
        kill.run();
        if (rounds > 10) {
            System.out.println(what + " killed, round " + round + " of " + rounds + " after " + millis + " ms");
        }
    }

    @Override
    public String toString() {
        return "kills with -Dwaybill.kill.seed=" + seed;
    }
}
