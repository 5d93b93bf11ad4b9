package dev.waybill.agent.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Linux processes by the files they use: proc(5), {@code cwd}, {@code exe}, {@code fd}, {@code maps}. */
final class ProcessFiles {
    private final Path proc;

    ProcessFiles(Path proc) {
        this.proc = proc;
    }

    boolean readable() {
        return Files.isDirectory(proc.resolve("self"));
    }

    /**
     * A process that works below a directory.
     *
     * @param used files below the directory that it runs, maps or has open for reading, as the kernel names them; one that
     *     was removed or replaced since ends in {@code " (deleted)"}
     */
    record Worker(long pid, Instant startedAt, Path workingDirectory, Set<String> used) {}

    /** All processes whose working directory or program is below this one, oldest first. */
    List<Worker> below(Path directory) throws IOException {
        List<Worker> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(proc)) {
            for (Path one : all.filter(p -> p.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                worker(one, directory).ifPresent(found::add);
            }
        }
        found.sort(java.util.Comparator.comparing(Worker::startedAt).thenComparingLong(Worker::pid));
        return found;
    }

    private Optional<Worker> worker(Path process, Path directory) {
        Path cwd = link(process.resolve("cwd"));
        Path exe = link(process.resolve("exe"));
        boolean works = (cwd != null && cwd.startsWith(directory)) || (exe != null && exe.startsWith(directory));
        long pid = Long.parseLong(process.getFileName().toString());
        Optional<Instant> started = ProcessHandle.of(pid).flatMap(p -> p.info().startInstant());
        if (!works || started.isEmpty()) {
            return Optional.empty();
        }
        Set<String> used = new LinkedHashSet<>();
        if (exe != null && exe.startsWith(directory)) {
            used.add(exe.toString());
        }
        open(process, directory, used);
        mapped(process, directory, used);
        Path place = cwd != null && cwd.startsWith(directory) ? cwd : exe;
        return place == null
                ? Optional.empty()
                : Optional.of(new Worker(pid, started.get().truncatedTo(ChronoUnit.MILLIS), place, used));
    }

    private static void open(Path process, Path directory, Set<String> used) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                Path file = link(descriptor);
                if (file != null && file.startsWith(directory) && readsOnly(process, descriptor)) {
                    used.add(file.toString());
                }
            }
        } catch (IOException e) {
            // The process ended while we looked, or belongs to somebody else: what is left to see is seen.
            return;
        }
    }

    /** What a program writes is its data, what it only reads may be its code (proc_pid_fdinfo(5), flags in octal). */
    private static boolean readsOnly(Path process, Path descriptor) {
        try {
            return Files.readAllLines(process.resolve("fdinfo").resolve(descriptor.getFileName())).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .anyMatch(line -> line.endsWith("0") || line.endsWith("4"));
        } catch (IOException e) {
            return false;
        }
    }

    private static void mapped(Path process, Path directory, Set<String> used) {
        try {
            for (String line : Files.readAllLines(process.resolve("maps"))) {
                int slash = line.indexOf('/');
                if (slash > 0 && Path.of(line.substring(slash)).startsWith(directory) && !writes(line)) {
                    used.add(line.substring(slash));
                }
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return;
        }
    }

    private static boolean writes(String line) {
        String[] fields = line.split(" +", 3);
        return fields.length > 1 && fields[1].contains("w") && fields[1].endsWith("s");
    }

    private static @Nullable Path link(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
