package dev.waybill.agent.directory;

import dev.waybill.agent.store.Disk;
import dev.waybill.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The releases that lie on this host, and the rule by which old ones leave. */
public final class Shelf {
    private final Disk disk;
    private final Root root;

    public Shelf(Disk disk, Root root) {
        this.disk = disk;
        this.root = root;
    }

    /** Newest first. */
    public List<Kept> all() throws IOException {
        if (!Files.isDirectory(root.records())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.records())) {
            List<Path> records = files.filter(f -> f.getFileName().toString().matches("[1-9][0-9]*\\.json"))
                    .toList();
            java.util.ArrayList<Kept> kept = new java.util.ArrayList<>();
            for (Path record : records) {
                disk.read(record).ifPresent(bytes -> kept.add(Json.read(bytes, Kept.class)));
            }
            kept.sort(Comparator.comparingLong(Kept::number).reversed());
            return List.copyOf(kept);
        }
    }

    public Optional<Kept> find(long number) throws IOException {
        return disk.read(root.record(number)).map(bytes -> Json.read(bytes, Kept.class));
    }

    void put(Kept kept) throws IOException {
        disk.write(root.record(kept.number()), Json.write(kept));
    }

    /** Removes releases beyond the newest {@code keep} good ones before {@code running}; never what runs nor the good one before it. */
    void prune(long running, int keep) throws IOException {
        List<Kept> all = all();
        Set<Long> stay = all.stream()
                .filter(k -> k.state() == Kept.State.GOOD && k.number() != running)
                .limit(Math.max(1, keep))
                .map(Kept::number)
                .collect(Collectors.toSet());
        stay.add(running);
        Set<String> directories = all.stream()
                .filter(k -> stay.contains(k.number()))
                .map(Kept::directory)
                .collect(Collectors.toSet());
        for (Kept kept : all) {
            if (!stay.contains(kept.number())) {
                disk.remove(root.record(kept.number()));
                disk.remove(root.config(kept.number()));
                disk.remove(root.configFiles(kept.number()));
                if (!directories.contains(kept.directory())) {
                    disk.remove(root.release(kept.directory()));
                }
            }
        }
    }
}
