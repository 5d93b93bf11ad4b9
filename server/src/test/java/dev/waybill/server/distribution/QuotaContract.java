package dev.waybill.server.distribution;

import static dev.waybill.server.distribution.PushAndPullTest.location;
import static dev.waybill.server.distribution.PushAndPullTest.random;
import static dev.waybill.server.distribution.TestRegistry.code;
import static dev.waybill.server.distribution.TestRegistry.on;
import static dev.waybill.server.distribution.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.identity.Role;
import dev.waybill.server.quota.Bound;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.quota.QuotaPattern;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applications may hold and accounts have on their way, as clients meet it, on each database. */
abstract class QuotaContract {
    private static final byte[] EMPTY = new byte[0];
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final Limits LIMITS = new Limits(
            List.of(
                    QuotaPattern.parse("roomy=1MB"),
                    QuotaPattern.parse("shop=10kB"),
                    QuotaPattern.parse("tight/*=10kB")),
            new Bound(40, 60_000));

    @TempDir
    Path directory;

    private TestRegistry registry;

    abstract TestDatabases.Place place(Path directory);

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry(directory, place(directory), LIMITS);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void what_does_not_fit_is_refused_with_the_numbers_and_what_is_there_is_pulled_pushed_again_and_tagged() {
        byte[] layer = random(6_000);
        String manifest = registry.image("shop", layer);
        assertThat(registry.putManifest("shop", "one", manifest).statusCode()).isEqualTo(201);

        HttpResponse<byte[]> refused = put("shop", random(6_001));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("DENIED QUOTA_EXCEEDED");
        assertThat(text(refused)).contains("6.0 kB", "shop holds 6.4 kB of its quota of 10 kB", "--quota shop=SIZE");
        assertThat(registry.get("/v2/shop/blobs/" + Digest.sha256(layer)).body())
                .isEqualTo(layer);
        assertThat(put("shop", layer).statusCode()).isEqualTo(201);
        assertThat(registry.putManifest("shop", "two", manifest).statusCode()).isEqualTo(201);
        assertThat(put("shop", random(3_000)).statusCode()).isEqualTo(201);
        assertThat(put("elsewhere", random(20_000)).statusCode()).isEqualTo(201);
        assertThat(put("tight/one", random(20_000)).statusCode()).isEqualTo(403);
        assertThat(put("roomy", random(20_000)).statusCode()).isEqualTo(201);
    }

    @Test
    void a_refused_upload_is_over_and_leaves_nothing_behind() throws IOException {
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));
        byte[] blob = random(12_000);
        assertThat(registry.send("PATCH", location, blob).statusCode()).isEqualTo(202);

        HttpResponse<byte[]> refused = registry.send("PUT", location + "?digest=" + Digest.sha256(blob), EMPTY);

        assertThat(code(refused)).isEqualTo("DENIED QUOTA_EXCEEDED");
        assertThat(registry.get(location).statusCode()).isEqualTo(404);
        assertThat(uploads()).isEmpty();
        assertThat(registry.file(Digest.sha256(blob))).doesNotExist();
    }

    @Test
    void a_mount_and_a_manifest_count_as_a_push_does() {
        byte[] layer = random(9_000);
        registry.push("elsewhere", layer);
        registry.push("shop", random(2_000));
        String mount = "/v2/shop/blobs/uploads/?mount=" + Digest.sha256(layer);

        assertThat(code(registry.send("POST", mount + "&from=elsewhere", EMPTY)))
                .isEqualTo("DENIED QUOTA_EXCEEDED");
        assertThat(code(registry.send("POST", mount, EMPTY))).isEqualTo("DENIED QUOTA_EXCEEDED");
        String manifest = registry.image("shop");
        String large = manifest.replaceFirst("\\{", "{\"annotations\":{\"a\":\"" + "x".repeat(9_000) + "\"},");
        assertThat(code(registry.putManifest("shop", "large", large))).isEqualTo("DENIED QUOTA_EXCEEDED");
        assertThat(registry.putManifest("shop", "small", manifest).statusCode()).isEqualTo(201);
    }

    @Test
    void what_is_deleted_makes_room_at_once() {
        Digest first = registry.push("shop", random(8_000));
        assertThat(put("shop", random(5_000)).statusCode()).isEqualTo(403);

        assertThat(registry.send("DELETE", "/v2/shop/blobs/" + first, EMPTY).statusCode())
                .isEqualTo(202);

        assertThat(put("shop", random(5_000)).statusCode()).isEqualTo(201);
    }

    @Test
    void damage_is_healed_beyond_the_quota() throws IOException {
        byte[] layer = random(9_900);
        Digest digest = registry.push("shop", layer);
        Files.delete(registry.file(digest));

        assertThat(put("shop", layer).statusCode()).isEqualTo(201);

        assertThat(registry.get("/v2/shop/blobs/" + digest).body()).isEqualTo(layer);
    }

    @Test
    void pushes_at_once_do_not_pass_the_quota_together_and_as_many_as_fit_get_in() throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> pushes = IntStream.range(0, 24)
                    .mapToObj(i -> clients.submit(() -> put("shop", random(3_000 + i))))
                    .toList();
            for (Future<HttpResponse<byte[]>> push : pushes) {
                answers.add(push.get().statusCode());
            }
        }

        assertThat(answers).containsOnly(201, 403);
        assertThat(answers.stream().filter(status -> status == 201)).hasSizeBetween(1, 3);
        assertThat(registry.registry.quotas().used(SHOP)).isBetween(3_000L, 10_000L);
    }

    @Test
    void one_account_s_uploads_are_bounded_in_number_and_another_s_go_on() {
        String first = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));
        for (int i = 1; i < 40; i++) {
            assertThat(begin(registry.builder).statusCode()).isEqualTo(202);
        }

        HttpResponse<byte[]> refused = begin(registry.builder);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        assertThat(code(refused)).isEqualTo("TOOMANYREQUESTS UPLOADS_TOO_MANY");
        assertThat(begin(registry.token("other", on(Role.BUILDER, "shop"))).statusCode())
                .isEqualTo(202);
        assertThat(registry.send("DELETE", first, EMPTY).statusCode()).isEqualTo(204);
        assertThat(begin(registry.builder).statusCode()).isEqualTo(202);
        assertThat(begin(registry.builder).statusCode()).isEqualTo(429);
    }

    @Test
    void one_account_s_uploads_are_bounded_in_bytes_and_what_arrived_stays() throws IOException {
        String one = location(registry.send("POST", "/v2/elsewhere/blobs/uploads/", EMPTY));
        String two = location(registry.send("POST", "/v2/elsewhere/blobs/uploads/", EMPTY));
        assertThat(registry.send("PATCH", one, random(50_000)).statusCode()).isEqualTo(202);

        HttpResponse<byte[]> refused = registry.send("PATCH", two, random(20_000));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(code(refused)).isEqualTo("TOOMANYREQUESTS UPLOADS_TOO_MANY");
        assertThat(refused.headers().firstValue("Location")).contains(two);
        assertThat(registry.get(one).headers().firstValue("Range")).contains("0-49999");
        assertThat(registry.send("DELETE", one, EMPTY).statusCode()).isEqualTo(204);
        assertThat(registry.get(two).statusCode()).isEqualTo(204);
        assertThat(put("elsewhere", random(40_000)).statusCode()).isEqualTo(201);
    }

    @Test
    void after_a_restart_open_uploads_count_on_and_old_ones_give_way() throws IOException {
        TestDatabases.Place place = TestDatabases.sqlite(directory);
        registry.close();
        registry = new TestRegistry(directory.resolve("again"), place, LIMITS);
        for (int i = 0; i < 40; i++) {
            assertThat(begin(registry.builder).statusCode()).isEqualTo(202);
        }
        String token = registry.builder;
        registry.close();
        registry = new TestRegistry(directory.resolve("again"), place, LIMITS);

        assertThat(begin(token).statusCode()).isEqualTo(429);
        Path old = uploads().getFirst();
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        assertThat(begin(token).statusCode()).isEqualTo(202);
        assertThat(old).doesNotExist();
        assertThat(begin(token).statusCode()).isEqualTo(429);
    }

    private HttpResponse<byte[]> begin(String token) {
        return registry.sendAs(token, "POST", "/v2/shop/blobs/uploads/", EMPTY);
    }

    private List<Path> uploads() throws IOException {
        try (Stream<Path> files = Files.list(registry.blobs.resolve("uploads"))) {
            return files.toList();
        }
    }

    private HttpResponse<byte[]> put(String repository, byte[] blob) {
        String location = location(registry.send("POST", "/v2/" + repository + "/blobs/uploads/", EMPTY));
        return registry.send("PUT", location + "?digest=" + Digest.sha256(blob), blob);
    }
}
