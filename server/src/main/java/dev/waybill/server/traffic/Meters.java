package dev.waybill.server.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Figures, and how Prometheus reads them: its text format, version 0.0.4. */
public final class Meters {
    private static final System.Logger LOG = System.getLogger("waybill");

    private static final String FAILED = "waybill_figures_failed_total";

    /** Series of one figure; what comes beyond is added up under {@code other}. */
    private static final int MOST = 500;

    private final List<Family> families = new ArrayList<>();
    private final LongAdder failed = new LongAdder();

    /** Writes its lines; what it throws leaves it out. */
    @FunctionalInterface
    private interface Family {
        void write(Text out);
    }

    /** @param labels values, in the order of the names */
    public record Sample(List<String> labels, double value) {
        public Sample {
            labels = List.copyOf(labels);
        }

        public static Sample of(double value) {
            return new Sample(List.of(), value);
        }
    }

    /** What only grows. */
    public static final class Counter {
        private final Map<List<String>, LongAdder> series = new ConcurrentSkipListMap<>(Meters::inOrder);
        private final int labels;

        private Counter(int labels) {
            this.labels = labels;
        }

        /** @param values as many as there are labels */
        public void add(long more, String... values) {
            List<String> key = List.of(values);
            LongAdder known = series.get(key);
            if (known == null) {
                List<String> bounded = series.size() < MOST
                        ? key
                        : List.of("other ".repeat(labels).split(" "));
                known = series.computeIfAbsent(bounded, k -> new LongAdder());
            }
            known.add(more);
        }
    }

    /** How long something took: how often at most so long, and all together. */
    public static final class Timing {
        private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};

        private final Map<String, LongAdder[]> series = new ConcurrentSkipListMap<>();

        public void add(long nanos, String value) {
            LongAdder[] adders = series.computeIfAbsent(value, v -> adders());
            double seconds = nanos / 1e9;
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            adders[bucket].increment();
            adders[BOUNDS.length + 1].add(nanos);
        }

        private static LongAdder[] adders() {
            LongAdder[] adders = new LongAdder[BOUNDS.length + 2];
            for (int i = 0; i < adders.length; i++) {
                adders[i] = new LongAdder();
            }
            return adders;
        }
    }

    public Counter counter(String name, String help, String... labels) {
        Counter counter = new Counter(labels.length);
        add(out -> {
            out.head(name, help, "counter");
            counter.series.forEach((values, sum) -> out.line(name, List.of(labels), values, (double) sum.sum()));
        });
        if (labels.length == 0) {
            counter.add(0);
        }
        return counter;
    }

    public Timing timing(String name, String help, String label) {
        Timing timing = new Timing();
        add(out -> {
            out.head(name, help, "histogram");
            timing.series.forEach((value, adders) -> histogram(out, name, List.of(label, "le"), value, adders));
        });
        return timing;
    }

    private static void histogram(Text out, String name, List<String> labels, String value, LongAdder[] adders) {
        long count = 0;
        for (int i = 0; i <= Timing.BOUNDS.length; i++) {
            count += adders[i].sum();
            String bound = i == Timing.BOUNDS.length ? "+Inf" : Text.number(Timing.BOUNDS[i]);
            out.line(name + "_bucket", labels, List.of(value, bound), (double) count);
        }
        out.line(name + "_sum", labels.subList(0, 1), List.of(value), adders[adders.length - 1].sum() / 1e9);
        out.line(name + "_count", labels.subList(0, 1), List.of(value), (double) count);
    }

    /** What is read when somebody asks. */
    public void gauge(String name, String help, List<String> labels, Supplier<List<Sample>> read) {
        add(out -> {
            List<Sample> samples = read.get();
            out.head(name, help, "gauge");
            samples.stream().limit(MOST).forEach(s -> out.line(name, labels, s.labels(), s.value()));
        });
    }

    private synchronized void add(Family family) {
        families.add(family);
    }

    /** All of them, as of now. */
    public synchronized String text() {
        Text out = new Text();
        for (Family family : families) {
            int before = out.length();
            try {
                family.write(out);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "A figure cannot be read and is left out", e);
                out.cut(before);
                failed.increment();
            }
        }
        out.head(FAILED, "Figures that could not be read and were left out.", "counter");
        out.line(FAILED, List.of(), List.of(), (double) failed.sum());
        return out.toString();
    }

    private static int inOrder(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
