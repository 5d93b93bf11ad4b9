package dev.waybill.agent.observe;

import dev.waybill.agent.directory.Kept;
import dev.waybill.agent.directory.Root;
import dev.waybill.agent.directory.Shelf;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at a directory target. */
public final class Observer {
    private static final String DELETED = " (deleted)";

    private final Root root;
    private final Shelf shelf;
    private final ProcessFiles processes;

    public Observer(Root root, Shelf shelf) {
        this.root = root;
        this.shelf = shelf;
        this.processes = new ProcessFiles(Path.of("/proc"));
    }

    public Seen look() throws IOException {
        if (!processes.readable()) {
            return Seen.altered(
                    "this system has no /proc to read processes from, so nothing can be said", null, List.of());
        }
        if (!Files.isDirectory(root.releases())) {
            return Seen.stopped("there is no directory of releases yet");
        }
        Path releases = root.releases().toRealPath();
        List<ProcessFiles.Worker> workers = processes.below(releases);
        if (workers.isEmpty()) {
            return Seen.stopped("no process works in a release's directory, as /proc says" + wrote());
        }
        ProcessFiles.Worker first = workers.getFirst();
        Observation.ProcessSeen process = new Observation.ProcessSeen(first.pid(), first.startedAt());
        Set<String> directories = workers.stream()
                .map(w -> releases.relativize(w.workingDirectory()))
                .map(p -> p.getName(0).toString())
                .collect(Collectors.toSet());
        if (directories.size() != 1) {
            return Seen.altered("processes of several releases run at once: " + directories, process, List.of());
        }
        String directory = directories.iterator().next();
        Optional<Kept> kept = shelf.all().stream()
                .filter(k -> k.directory().equals(directory))
                .findFirst();
        return kept.isEmpty()
                ? Seen.altered(
                        "a process works in " + directory + ", which is no release known here", process, List.of())
                : compare(kept.get(), workers, process);
    }

    /** Where to read on this host what the newest release said last. */
    private String wrote() throws IOException {
        return shelf.all().stream()
                .map(Kept::number)
                .max(Comparator.naturalOrder())
                .map(root::log)
                .filter(Files::exists)
                .map(log -> "; what ran last wrote " + log)
                .orElse("");
    }

    private Seen compare(Kept kept, List<ProcessFiles.Worker> workers, Observation.ProcessSeen process)
            throws IOException {
        Path release = root.release(kept.directory()).toRealPath();
        List<Observation.FileSeen> files = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Kept.StagedFile file : kept.files()) {
            Optional<Digest> now = digest(release.resolve(file.path()));
            now.ifPresent(d -> files.add(new Observation.FileSeen(file.path(), d)));
            if (now.isEmpty()) {
                wrong.add(file.path() + " is gone");
            } else if (!now.get().equals(file.digest())) {
                wrong.add(file.path() + " has other bytes");
            }
        }
        Map<String, Digest> known =
                kept.files().stream().collect(Collectors.toMap(Kept.StagedFile::path, Kept.StagedFile::digest));
        workers.forEach(worker -> worker.used().forEach(used -> unexpected(release, used, known.keySet(), wrong)));
        String pids = workers.stream().map(w -> Long.toString(w.pid())).collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            return Seen.altered(
                    "the files of the process " + pids + ": "
                            + String.join("; ", wrong.stream().distinct().toList()),
                    process,
                    files);
        }
        String how = "working directory and open files of process " + pids + " under /proc; "
                + Count.of(files.size(), "file") + " of the release hashed again";
        return new Seen(Observation.State.RUNNING, kept.artifact(), kept.release(), how, process, files);
    }

    /** A file in use that the release does not have, or that was replaced while it is in use: what runs is not what lies there. */
    private static void unexpected(Path release, String used, Set<String> known, List<String> wrong) {
        boolean deleted = used.endsWith(DELETED);
        String path = deleted ? used.substring(0, used.length() - DELETED.length()) : used;
        String name = release.relativize(Path.of(path)).toString();
        if (name.isEmpty() || Files.isDirectory(Path.of(path))) {
            return;
        }
        if (deleted) {
            wrong.add(name + " was replaced while the process uses it");
        } else if (!known.contains(name)) {
            wrong.add(name + " is used by the process and not part of the release");
        }
    }

    private static Optional<Digest> digest(Path file) {
        MessageDigest hash = Digest.Algorithm.SHA256.newMessageDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.of(Digest.of(Digest.Algorithm.SHA256, hash.digest()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
