package dev.waybill.cli.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Terminal;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts as others write them, and as nobody should. */
class LayoutReaderTest {
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    @TempDir
    Path directory;

    @BeforeEach
    void mark() throws IOException {
        Files.createDirectories(directory.resolve("blobs/sha256"));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
    }

    private LayoutReader.Contents read() throws IOException {
        PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return new LayoutReader(directory, new Progress(Terminal.plain(nobody, nobody, Clock.systemUTC()))).read();
    }

    private Path file(Digest digest) {
        return directory.resolve("blobs/sha256").resolve(digest.hex());
    }

    private Digest blob(String text) throws IOException {
        Digest digest = Digest.sha256(text.getBytes(UTF_8));
        Files.writeString(file(digest), text);
        return digest;
    }

    private static String descriptor(String type, Digest digest, long size, String more) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + more + "}";
    }

    private String descriptor(String type, Digest digest, String more) throws IOException {
        return descriptor(type, digest, Files.size(file(digest)), more);
    }

    private static String named(String name) {
        return ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}";
    }

    private Digest image(String layer) throws IOException {
        return blob("{\"schemaVersion\":2,\"config\":" + descriptor(CONFIG, blob("{}"), "") + ",\"layers\":["
                + descriptor("application/octet-stream", blob(layer), "") + "]}");
    }

    private Digest indexOf(String... members) throws IOException {
        return blob("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", members) + "]}");
    }

    private void index(String... entries) throws IOException {
        Files.writeString(
                directory.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}");
    }

    private void refused(String... words) {
        assertThatThrownBy(this::read)
                .hasMessageContaining("LAYOUT_INVALID")
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void whole_references_and_tags_are_names_and_what_is_neither_is_told() throws IOException {
        Digest image = image("one");
        index(
                descriptor(IMAGE, image, named("1.0")),
                descriptor(IMAGE, image, named("docker.io/library/shop:2.0")),
                descriptor(IMAGE, image, named("localhost:5000/shop")),
                descriptor(IMAGE, image, named("localhost:5000/shop@" + image)),
                descriptor(IMAGE, image, ""));

        LayoutReader.Contents contents = read();

        assertThat(contents.graph().tags()).containsOnlyKeys(new Version("1.0"), new Version("2.0"));
        assertThat(contents.unnamed()).containsExactly("localhost:5000/shop", "localhost:5000/shop@" + image);
        assertThat(contents.graph().size()).isOne();
        assertThat(contents.blobs()).hasSize(2);
    }

    @Test
    void parts_come_before_what_holds_them_and_subjects_before_what_is_about_them() throws IOException {
        Digest one = image("one");
        Digest two = image("two");
        Digest inner = indexOf(descriptor(IMAGE, two, ""), descriptor(IMAGE, one, ""));
        Digest outer = indexOf(descriptor(INDEX, inner, ""), descriptor(IMAGE, one, ""));
        Digest about = blob("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":"
                + descriptor("a/b", blob("{}"), "") + ",\"layers\":[],\"subject\":" + descriptor(INDEX, outer, "")
                + "}");
        index(descriptor(IMAGE, about, ""), descriptor(INDEX, outer, named("1")));

        List<Digest> order =
                read().graph().bottomUp().stream().map(Node::digest).toList();

        assertThat(order).containsExactlyInAnyOrder(one, two, inner, outer, about);
        assertThat(order.indexOf(inner)).isGreaterThan(Math.max(order.indexOf(one), order.indexOf(two)));
        assertThat(order.subList(3, 5)).containsExactly(outer, about);
    }

    @Test
    void a_name_that_leads_out_of_the_directory_is_no_digest() throws IOException {
        for (String digest : List.of("sha256:../../../../etc/passwd", "../x:aa", "sha256:" + "A".repeat(64), "")) {
            index("{\"mediaType\":\"" + IMAGE + "\",\"digest\":\"" + digest + "\",\"size\":2}");
            refused("index.json", "digest");
        }
    }

    @Test
    void links_are_not_followed_wherever_they_stand() throws IOException {
        Digest image = image("one");
        index(descriptor(IMAGE, image, ""));
        Path elsewhere = Files.move(file(image), directory.resolve("manifest"));
        Files.createSymbolicLink(file(image), elsewhere);
        refused("blobs/sha256/" + image.hex(), "link");

        Files.delete(file(image));
        Files.move(elsewhere, file(image));
        read();
        Files.move(directory.resolve("blobs/sha256"), directory.resolve("away"));
        Files.createSymbolicLink(directory.resolve("blobs/sha256"), directory.resolve("away"));
        refused("blobs/sha256", "link");

        Files.delete(directory.resolve("blobs/sha256"));
        Files.move(directory.resolve("away"), directory.resolve("blobs/sha256"));
        Files.move(directory.resolve("index.json"), directory.resolve("other.json"));
        Files.createSymbolicLink(directory.resolve("index.json"), directory.resolve("other.json"));
        refused("index.json", "link");
    }

    @Test
    void an_index_without_end_is_not_read_to_its_end() throws IOException {
        Files.write(directory.resolve("index.json"), new byte[Json.MAX_BYTES + 2]);

        refused("index.json", "more than");
    }

    @Test
    void other_bytes_than_the_name_says_are_found_in_manifests_and_blobs() throws IOException {
        Digest image = image("one");
        index(descriptor(IMAGE, image, ""));
        Digest layer = Digest.sha256("one".getBytes(UTF_8));
        Files.writeString(file(layer), "two");
        refused("blobs/sha256/" + layer.hex(), "its bytes have the digest");

        Files.writeString(file(layer), "one");
        Files.writeString(file(image), Files.readString(file(image)).replace("octet-stream", "octet-STREAM"));
        refused("blobs/sha256/" + image.hex(), "its bytes have the digest");
    }

    @Test
    void sizes_that_are_not_so_are_found_in_every_descriptor() throws IOException {
        Digest image = image("one");
        index(descriptor(IMAGE, image, 7, ""));
        refused("blobs/sha256/" + image.hex(), "index.json says 7");

        index(descriptor(IMAGE, image, ""), descriptor(IMAGE, image, 7, ""));
        refused("blobs/sha256/" + image.hex(), "index.json says 7");

        Digest layer = blob("one");
        Digest wrong = blob("{\"schemaVersion\":2,\"config\":" + descriptor(CONFIG, blob("{}"), "") + ",\"layers\":["
                + descriptor("application/octet-stream", layer, 4, "") + "]}");
        index(descriptor(IMAGE, wrong, ""));
        refused("blobs/sha256/" + layer.hex(), "says 4");
    }

    /** Nobody can know the hash of what holds its own hash: who claims to is found by it. */
    @Test
    void indexes_that_hold_each_other_end_the_reading() throws IOException {
        Digest first = Digest.sha256(new byte[] {1});
        Digest second = Digest.sha256(new byte[] {2});
        String size = "\",\"size\":%d}]}";
        String text = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + INDEX + "\",\"digest\":\"";
        int length = (text + second + String.format(java.util.Locale.ROOT, size, 222)).length();
        Files.writeString(file(first), text + second + String.format(java.util.Locale.ROOT, size, length));
        Files.writeString(file(second), text + first + String.format(java.util.Locale.ROOT, size, length));
        index(descriptor(INDEX, first, ""));

        refused("its bytes have the digest");
    }

    @Test
    void what_is_missing_is_named_with_who_names_it() throws IOException {
        Digest image = image("one");
        Digest layer = Digest.sha256("one".getBytes(UTF_8));
        Files.delete(file(layer));
        index(descriptor(IMAGE, image, ""));
        refused("blobs/sha256/" + layer.hex(), "missing", "blobs/sha256/" + image.hex());

        Digest nothing = Digest.sha256("nothing".getBytes(UTF_8));
        Digest sparse = indexOf(descriptor(IMAGE, nothing, 10, ""));
        index(descriptor(INDEX, sparse, ""));
        refused(nothing.hex(), "missing", "skopeo copy --all");
    }

    @Test
    void two_manifests_of_one_name_are_refused() throws IOException {
        index(
                descriptor(IMAGE, image("one"), named("1.0")),
                descriptor(IMAGE, image("two"), named("example.com/shop:1.0")));

        refused("index.json", "two different manifests", "1.0");
    }

    @Test
    void what_is_no_manifest_or_could_be_two_is_refused() throws IOException {
        Digest image = image("one");
        Digest config = blob("{}");
        index(descriptor(CONFIG, config, ""));
        refused("blobs/sha256/" + config.hex());

        index(descriptor(INDEX, image, ""));
        refused("blobs/sha256/" + image.hex());

        Digest both = blob("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"manifests\":[],\"config\":"
                + descriptor(CONFIG, config, "") + ",\"layers\":[]}");
        index(descriptor(IMAGE, both, ""));
        refused("blobs/sha256/" + both.hex());
    }

    @Test
    void what_is_no_layout_at_all_is_refused() throws IOException {
        refused("index.json", "missing");

        for (String text : List.of(
                "{\"manifests\":[]}", "[]", "{\"schemaVersion\":2}", "{\"schemaVersion\":2,\"manifests\":[1]}", "x")) {
            Files.writeString(directory.resolve("index.json"), text);
            refused("index.json");
        }
        index();
        assertThat(read().graph().size()).isZero();
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        refused("oci-layout");
        Files.delete(directory.resolve("oci-layout"));
        refused("oci-layout", "missing");
    }
}
