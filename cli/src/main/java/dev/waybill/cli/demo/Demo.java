package dev.waybill.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Tells the story from the first chapter to the last, then leaves the server running until Ctrl-C. */
public final class Demo {
    private static final List<Chapter> CHAPTERS = List.of(
            new Opening(),
            new BuiltOnce(),
            new Promoted(),
            new Questions(),
            new SickCommit(),
            new Tampered(),
            new TwoInTheMorning(),
            new Proof());

    private final PrintStream out;
    private final boolean colour;

    public Demo(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /**
     * @param home where {@code examples/} stands
     * @param waybill the launcher that users call
     * @param exit true to end after the last chapter
     * @return 0 only if every step did what it must, else 1
     */
    public int tell(Path home, Path waybill, boolean exit) throws IOException {
        Path work = Files.createTempDirectory("waybill-demo-").toRealPath();
        Narrator narrator = new Narrator(out, colour);
        narrator.here(work);
        World world = new World(narrator, home, waybill, work);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(world)));
        Instant start = Instant.now();
        try {
            for (Chapter chapter : CHAPTERS) {
                chapter.tell(world);
            }
        } catch (DemoFailed e) {
            out.println();
            out.println("The demo failed: " + e.getMessage());
            return 1;
        }
        out.println();
        out.println("Every step did what it must, in "
                + Duration.between(start, Instant.now()).toSeconds() + " s.");
        Farewell farewell = new Farewell(waybill, home);
        (exit ? farewell.gone() : farewell.staying(world)).forEach(out::println);
        out.flush();
        if (!exit) {
            stay();
        }
        return 0;
    }

    private static void stay() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void clean(World world) {
        world.close();
        try {
            world.deleteWork();
        } catch (IOException e) {
            System.err.println("The work directory " + world.work + " could not be removed: " + e.getMessage());
        }
    }
}
