package dev.waybill.agent.host;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes of this host. A process is born as a shell in a session of its own that waits for one line before it becomes
 * the command: an agent that dies before it has written down the pid closes the pipe, and the shell ends without running
 * anything, so that no process is ever lost.
 */
public final class HostLauncher implements Launcher {
    private static final List<String> WAITING_SHELL =
            List.of("/bin/sh", "-c", "read -r go || exit 75; exec \"$@\" </dev/null", "sh");
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path proc = Path.of("/proc");

    @Override
    public void start(Launch launch, Note note) throws IOException {
        List<String> command = new ArrayList<>();
        Host.onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(WAITING_SHELL);
        command.addAll(launch.command());
        File log = launch.log().toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(launch.directory().toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        try (OutputStream pipe = process.getOutputStream()) {
            String mark = mark(process.pid()).orElse("");
            note.of(process.pid(), mark);
            pipe.write("go\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public boolean alive(long pid, String mark) {
        return mark(pid).filter(mark::equals).isPresent();
    }

    @Override
    public void stop(long pid, String mark, Duration grace) throws IOException {
        List<ProcessHandle> all = family(pid, mark);
        all.forEach(ProcessHandle::destroy);
        if (!gone(all, grace)) {
            List<ProcessHandle> left = new ArrayList<>(family(pid, mark));
            left.addAll(all);
            left.forEach(ProcessHandle::destroyForcibly);
            if (!gone(left, Duration.ofSeconds(10))) {
                throw new IOException("the process " + pid + " does not end, not even when killed");
            }
        }
    }

    /**
     * The process, its children, and whoever else lives in its session. When the process itself is gone, what it left in its
     * session still holds its ports and files, so it is family too: known by the session, which nobody else can have while
     * no process has its number, by the boot, and by the environment that it inherited.
     */
    private List<ProcessHandle> family(long pid, String mark) {
        List<ProcessHandle> all = new ArrayList<>();
        boolean leads = alive(pid, mark);
        if (leads) {
            ProcessHandle.of(pid).ifPresent(leader -> {
                all.add(leader);
                leader.descendants().forEach(all::add);
            });
        } else if (mark(pid).isPresent() || !mark.startsWith(bootId() + ":")) {
            return all;
        }
        try (Stream<ProcessHandle> every = ProcessHandle.allProcesses()) {
            every.filter(p -> !all.contains(p))
                    .filter(p -> stat(p.pid())
                            .filter(s -> s.session() == pid && !s.dead())
                            .isPresent())
                    .filter(p -> leads || inherited(p.pid()))
                    .forEach(all::add);
        }
        return all;
    }

    private boolean inherited(long pid) {
        try {
            byte[] environment =
                    Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve("environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains("WAYBILL_RELEASE=");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean gone(List<ProcessHandle> processes, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (processes.stream().anyMatch(this::lives)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Pause.of(PAUSE);
        }
        return true;
    }

    /** A zombie is dead: in a container nobody may reap it. */
    private boolean lives(ProcessHandle process) {
        return Files.isDirectory(proc.resolve("self"))
                ? stat(process.pid()).filter(s -> !s.dead()).isPresent()
                : process.isAlive();
    }

    /** What tells this process from a later one with the same pid; empty when it is not there. */
    Optional<String> mark(long pid) {
        if (!Files.isDirectory(proc.resolve("self"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(p -> p.info().startInstant())
                    .map(Object::toString);
        }
        return stat(pid).filter(s -> !s.dead()).map(s -> bootId() + ":" + s.ticks());
    }

    private String bootId() {
        try {
            return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "boot";
        }
    }

    /** The fields of proc_pid_stat(5) that matter: state (3), session (6), starttime (22). */
    private record Stat(char state, long session, long ticks) {
        boolean dead() {
            return state == 'Z' || state == 'X';
        }
    }

    private Optional<Stat> stat(long pid) {
        try {
            String line = Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new Stat(fields[0].charAt(0), Long.parseLong(fields[3]), Long.parseLong(fields[19])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
