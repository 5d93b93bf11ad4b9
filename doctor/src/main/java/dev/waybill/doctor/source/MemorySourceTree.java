package dev.waybill.doctor.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files in memory: for editors, and for tests. */
public final class MemorySourceTree implements SourceTree {
    private final TreeMap<String, String> files;

    public MemorySourceTree(Map<String, String> files) {
        this.files = new TreeMap<>(files);
    }

    @Override
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public List<Note> notes() {
        return List.of();
    }
}
