package dev.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.directory.Bench;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.statement.PredicateTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent with two targets: what befalls one of them does not stop the other. */
final class TwoTargetsTest {
    private static final Slot SHOP = Slot.parse("production/shop");
    private static final Slot BOOKS = Slot.parse("production/books");

    @TempDir
    Path temporary;

    @Test
    void a_target_whose_reports_are_refused_leaves_the_other_one_at_work() throws Exception {
        try (ServerFake server = new ServerFake();
                Bench shop = new Bench(Files.createDirectory(temporary.resolve("one")));
                Bench books = new Bench(Files.createDirectory(temporary.resolve("two")))) {
            Path config = enrol(server, shop, books);
            server.deaf.add(SHOP);
            try (AutoCloseable _ = Main.start(config)) {
                await("both live", () -> server.alive.containsAll(List.of(SHOP, BOOKS)));
                promote(server, SHOP, shop);
                promote(server, BOOKS, books);

                await("the report of the second", () -> deployed(server).contains(BOOKS));
                await("the first, though nobody hears of it", () -> Files.exists(shop.out));
                assertThat(deployed(server)).doesNotContain(SHOP);

                server.deaf.clear();
                await("what waited", () -> deployed(server).contains(SHOP));
            }
            assertThat(shop.said()).isEqualTo("production/shop#1 green");
            assertThat(books.said()).isEqualTo("production/books#1 green");
        }
    }

    private Path enrol(ServerFake server, Bench shop, Bench books) throws IOException {
        Path config = temporary.resolve("agent.yaml");
        Files.writeString(config, """
                server: %s
                name: host-1
                directory: state
                heartbeat: 1s
                targets:
                  - {slot: production/shop, root: %s, name: front, keep: 3}
                  - {slot: production/books, root: %s, name: back, keep: 3}
                """.formatted(server.url(), shop.root.path(), books.root.path()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(Main.run(List.of("enrol", "--token", "once", "--config", config.toString()), out, out))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        return config;
    }

    private static void promote(ServerFake server, Slot slot, Bench bench) {
        server.promote(
                new ReleaseId(slot, 1),
                server.artifact(slot, Bench.GOOD),
                Map.of("OUT", Bench.value(bench.out.toString()), "COLOUR", Bench.value("green")));
    }

    private static List<Slot> deployed(ServerFake server) {
        return server.reported.stream()
                .filter(s -> s.predicateType().equals(PredicateTypes.DEPLOYMENT))
                .map(s -> s.predicate(Deployment.class, PredicateTypes.DEPLOYMENT))
                .map(d -> d.release().slot())
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 40_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long for: " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
