package dev.waybill.agent.directory;

import dev.waybill.agent.store.Disk;
import dev.waybill.agent.store.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A disk on which the agent dies at one chosen step: before it, or when it is done but nobody was told. */
final class CrashingDisk implements Disk {
    /** kill -9 as the code sees it: nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String where) {
            super(where, null, false, false);
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private final Disk real = new RealDisk();
    private int countdown;
    private final boolean after;
    private boolean dead;

    /** @param step which step kills, from 1; 0 never */
    CrashingDisk(int step, boolean after) {
        this.countdown = step;
        this.after = after;
    }

    void killAt(int step) {
        countdown = step;
    }

    boolean hasKilled() {
        return dead;
    }

    private void step(String what, Step step) throws IOException {
        if (dead) {
            throw new Killed("dead already: " + what);
        }
        boolean now = --countdown == 0;
        dead = now;
        if (now && !after) {
            throw new Killed("before " + what);
        }
        step.take();
        if (now) {
            throw new Killed("after " + what);
        }
    }

    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        return real.read(file);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        step("write " + file, () -> real.write(file, bytes));
    }

    @Override
    public void directory(Path directory) throws IOException {
        step("directory " + directory, () -> real.directory(directory));
    }

    @Override
    public Written fill(Path file, InputStream in, String mode) throws IOException {
        Written[] written = new Written[1];
        step("fill " + file, () -> written[0] = real.fill(file, in, mode));
        return written[0];
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename to " + to, () -> real.rename(from, to));
    }

    @Override
    public void point(Path link, Path target) throws IOException {
        step("point to " + target, () -> real.point(link, target));
    }

    @Override
    public void remove(Path path) throws IOException {
        step("remove " + path, () -> real.remove(path));
    }
}
