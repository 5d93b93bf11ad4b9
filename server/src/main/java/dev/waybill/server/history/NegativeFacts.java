package dev.waybill.server.history;

import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Heard.Place;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Marks, and test runs that did not pass, as the ledger's entries themselves have them and not the rows that find them: each entry
 * is read once, in order, and the tree that they give must be the ledger's own (law 7: negative facts are read from a prefix known
 * to be complete). A row that somebody changed or took away then hides no veto, hold or failure from a gate.
 *
 * <p>A transaction reads what came since by itself, but never much and never while it holds a lock: SQLite's few readers serve
 * pulls and pages, too. What it read is remembered once it is committed, so that nothing is known of entries that came to nothing.
 */
final class NegativeFacts {
    private static final int PAGE = 500;

    /** A transaction reads so many entries by itself; more are read ahead. */
    static final int TAIL = 2_000;

    private final Ledger ledger;
    private final Heard known = new Heard(CompactRange.EMPTY);
    private @Nullable Damage damage;
    private boolean reading;

    /** @param size of the ledger whose entries were found not to be whole */
    private record Damage(long size, String what) {}

    private record Page(Tree there, List<Entry> entries) {}

    NegativeFacts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Reads what there is in short transactions, so that no gate reads much; {@code LEDGER_DAMAGED} once for each size. */
    void readAhead(Database database) {
        Heard tail = begin();
        try {
            Page page;
            do {
                page = database.read(tx -> new Page(ledger.tree(tx), ledger.after(tx, tail.size() - 1, PAGE)));
                if (damageAt(page.there().size()) != null) {
                    return;
                }
                if (tail.size() < page.there().size()) {
                    hear(tail, page);
                }
            } while (tail.size() < page.there().size());
            requireTree(tail, page.there());
            learn(tail);
        } finally {
            end();
        }
    }

    /** Waits while the first reading since the start goes on. Never inside a transaction. */
    synchronized void awaitFirst(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (reading && known.size() == 0 && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Up to this transaction's end of the ledger; {@code LEDGER_DAMAGED}, or {@code LEDGER_BEING_READ} soon after a start. */
    Seen upTo(Tx tx) {
        Tree there = ledger.tree(tx);
        Heard tail = tail(there.size());
        while (tail.size() < there.size()) {
            hear(tail, new Page(there, ledger.after(tx, tail.size() - 1, PAGE)));
        }
        requireTree(tail, there);
        tx.afterCommit(() -> learn(tail));
        return new Seen(there.size(), tail);
    }

    /** What one transaction sees. */
    final class Seen {
        private final long size;
        private final Heard tail;

        private Seen(long size, Heard tail) {
            this.size = size;
            this.tail = tail;
        }

        /** {@code EVIDENCE_HIDDEN} when a run of these bytes that did not pass is none of those that were found. */
        void requireFailures(Digest artifact, Set<Place> found) {
            Set<Place> failed = tail.failed(artifact, size);
            synchronized (NegativeFacts.this) {
                failed.addAll(known.failed(artifact, size));
            }
            if (!found.containsAll(failed)) {
                throw hidden(
                        "Reading the test runs of " + artifact,
                        "the ledger has one that did not pass, and the row that finds it is gone or changed.");
            }
        }

        /** {@code EVIDENCE_HIDDEN} unless these are the ledger's marks, all of them and at their places. */
        void requireMarks(Set<Place> found) {
            Set<Place> marks = tail.marks(size);
            synchronized (NegativeFacts.this) {
                marks.addAll(known.marks(size));
            }
            if (!found.equals(marks)) {
                Set<Place> differ = new HashSet<>(marks);
                differ.removeAll(found);
                found.stream().filter(place -> !marks.contains(place)).forEach(differ::add);
                long first = differ.stream().mapToLong(Place::index).min().orElseThrow();
                throw hidden(
                        "Reading the vetoes, holds and pins of the ledger",
                        "its rows give others than its entries; entry " + first
                                + " is the first where a row is gone or changed.");
            }
        }
    }

    /** Nothing yet, from where the known ends. */
    private synchronized Heard tail(long size) {
        long missing = size - known.size();
        Damage there = damageAt(size);
        if (there != null) {
            throw damaged(there);
        }
        if (missing > TAIL) {
            throw new Problem.Unavailable(
                            "LEDGER_BEING_READ",
                            "Reading the ledger for vetoes, holds and runs that did not pass",
                            "it is being read since the start; " + missing + " entries are still to be looked at.",
                            "Ask again in a moment; what was asked for already is judged by itself then.")
                    .exception();
        }
        return known.end();
    }

    /** Damage that need not be found again: the ledger is as it was then, or too much would have to be read. */
    private synchronized @Nullable Damage damageAt(long size) {
        long missing = size - known.size();
        return damage != null && missing > 0 && (damage.size() == size || missing > TAIL) ? damage : null;
    }

    private void hear(Heard tail, Page page) {
        List<Entry> entries = page.entries();
        if (entries.isEmpty() || entries.getFirst().index() != tail.size()) {
            throw found(page.there(), "entry " + tail.size() + " is not there");
        }
        tail.hear(entries);
    }

    /** An older snapshot than what is known has no tree to compare. */
    private void requireTree(Heard tail, Tree there) {
        if (tail.from() <= there.size() && !tail.tree().equals(there)) {
            throw found(there, "its entries do not give its tree");
        }
    }

    private synchronized Heard begin() {
        reading = true;
        return known.end();
    }

    private synchronized void end() {
        reading = false;
        notifyAll();
    }

    /** What somebody else has learnt meanwhile stands; the rest is read again. */
    private synchronized void learn(Heard tail) {
        if (tail.from() == known.size()) {
            known.add(tail);
        }
        if (damage != null && known.size() >= damage.size()) {
            damage = null;
        }
    }

    private synchronized ProblemException found(Tree there, String what) {
        damage = new Damage(there.size(), what);
        return damaged(damage);
    }

    private static ProblemException hidden(String tried, String missing) {
        return new Problem.Unavailable(
                        "EVIDENCE_HIDDEN",
                        tried,
                        missing,
                        "Run `waybill ledger verify`, which names the row, and restore the database from a backup.")
                .exception();
    }

    private static ProblemException damaged(Damage damage) {
        return new Problem.Unavailable(
                        "LEDGER_DAMAGED",
                        "Reading the ledger for vetoes, holds and runs that did not pass",
                        damage.what() + ".",
                        "Run `waybill ledger verify`, which names the rows that were changed, stop the server, restore the"
                                + " database from a backup and start it again.")
                .exception();
    }
}
