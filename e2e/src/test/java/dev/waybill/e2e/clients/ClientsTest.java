package dev.waybill.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every client logs in, pushes, lists and pulls the same bytes; fails in words without a log-in; and reads what is open. */
class ClientsTest {
    @TempDir
    static Path directory;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = new Harbour(directory);
        Program tar = harbour.program("tar", "tar");
        works(tar, "-C", harbour.files.toString(), "-cf", layer(), ".");
        Program crane = harbour.program("crane", "publisher");
        works(crane, "auth", "login", harbour.host(), "-u", "any", "-p", harbour.builder);
        works(crane, "append", "--insecure", "-f", layer(), "-t", harbour.ref(Harbour.OPEN + ":1"));
    }

    @AfterAll
    static void close() {
        harbour.close();
    }

    @Test
    void crane() throws Exception {
        Program crane = harbour.program("crane", "crane");
        String image = harbour.ref("crane/shop:1");
        assertThat(fails(crane, "append", "--insecure", "-f", layer(), "-t", image))
                .containsIgnoringCase("unauthorized");
        assertThat(works(crane, "manifest", "--insecure", harbour.ref("open:1")))
                .contains("schemaVersion");

        works(crane, "auth", "login", harbour.host(), "-u", "any", "-p", harbour.builder);
        String digest = digest(works(crane, "append", "--insecure", "-f", layer(), "-t", image));

        assertThat(works(crane, "digest", "--insecure", image)).contains(digest);
        assertThat(works(crane, "ls", "--insecure", harbour.ref("crane/shop"))).contains("1");
        assertThat(works(crane, "catalog", "--insecure", harbour.host())).contains("crane/shop");
        works(crane, "copy", "--insecure", image, harbour.ref("crane/copy:1"));
        works(
                crane,
                "pull",
                "--insecure",
                harbour.ref("crane/copy:1"),
                directory.resolve("crane.tar").toString());
        works(crane, "validate", "--insecure", "--remote", image);
        assertThat(fails(crane, "delete", "--insecure", harbour.ref("crane/shop:1")))
                .contains("promote");
        works(crane, "auth", "login", harbour.host(), "-u", "any", "-p", harbour.viewer);
        assertThat(fails(crane, "append", "--insecure", "-f", layer(), "-t", harbour.ref("crane/shop:2")))
                .contains("builder");
    }

    @Test
    void oras() throws Exception {
        Program oras = harbour.program("oras", "oras");
        String artifact = harbour.ref("oras/shop:1");
        assertThat(fails(oras, "pull", "--plain-http", artifact)).containsIgnoringCase("unauthorized");
        assertThat(works(oras, "manifest", "fetch", "--plain-http", harbour.ref("open:1")))
                .contains("schemaVersion");

        works(oras, "login", "--plain-http", harbour.host(), "-u", "any", "-p", harbour.builder);
        Path hello = Files.copy(harbour.files.resolve("hello.txt"), directory.resolve("oras/hello.txt"));
        works(oras, "push", "--plain-http", artifact, hello.getFileName() + ":text/plain");
        works(oras, "attach", "--plain-http", artifact, "--artifact-type", "example/report", "hello.txt:text/plain");

        assertThat(works(oras, "discover", "--plain-http", artifact)).contains("example/report");
        assertThat(works(oras, "repo", "ls", "--plain-http", harbour.host())).contains("oras/shop");
        assertThat(works(oras, "repo", "tags", "--plain-http", harbour.ref("oras/shop")))
                .contains("1");
        works(oras, "pull", "--plain-http", "-o", "pulled", artifact);
        assertThat(directory.resolve("oras/pulled/hello.txt")).hasSameBinaryContentAs(hello);
        works(oras, "copy", "--from-plain-http", "--to-plain-http", "-r", artifact, harbour.ref("oras/copy:1"));
        assertThat(works(oras, "discover", "--plain-http", harbour.ref("oras/copy:1")))
                .contains("example/report");
    }

    @Test
    void regctl() throws Exception {
        Program regctl = harbour.program("regctl", "regctl");
        works(regctl, "registry", "set", harbour.host(), "--tls", "disabled");
        assertThat(fails(regctl, "tag", "ls", harbour.ref("regctl/shop"))).containsIgnoringCase("unauthorized");
        works(regctl, "manifest", "get", harbour.ref("open:1"));

        works(regctl, "registry", "login", harbour.host(), "-u", "any", "-p", harbour.builder);
        works(regctl, "image", "copy", harbour.ref("open:1"), harbour.ref("regctl/shop:1"));

        assertThat(works(regctl, "tag", "ls", harbour.ref("regctl/shop"))).contains("1");
        assertThat(works(regctl, "repo", "ls", harbour.host())).contains("regctl/shop");
        works(regctl, "image", "export", harbour.ref("regctl/shop:1"), "exported.tar");
        works(regctl, "image", "import", harbour.ref("regctl/again:1"), "exported.tar");
        assertThat(works(regctl, "manifest", "head", harbour.ref("regctl/again:1")))
                .isEqualTo(works(regctl, "manifest", "head", harbour.ref("open:1")));
    }

    @Test
    void helm() throws Exception {
        Program helm = harbour.program("helm", "helm");
        works(helm, "create", "chart");
        works(helm, "package", "chart");
        String charts = "oci://" + harbour.ref("charts");
        assertThat(fails(helm, "push", "chart-0.1.0.tgz", charts, "--plain-http"))
                .containsIgnoringCase("unauthorized");

        works(helm, "registry", "login", harbour.host(), "-u", "any", "-p", harbour.builder, "--plain-http");
        works(helm, "push", "chart-0.1.0.tgz", charts, "--plain-http");
        Files.createDirectories(directory.resolve("helm/pulled"));
        works(helm, "pull", charts + "/chart", "--version", "0.1.0", "--plain-http", "-d", "pulled");

        assertThat(directory.resolve("helm/pulled/chart-0.1.0.tgz"))
                .hasSameBinaryContentAs(directory.resolve("helm/chart-0.1.0.tgz"));
        assertThat(works(helm, "show", "chart", charts + "/chart", "--plain-http"))
                .contains("version: 0.1.0");
    }

    @Test
    void skopeo() throws Exception {
        Program skopeo = harbour.program("skopeo", "skopeo");
        String open = "docker://" + harbour.ref("open:1");
        String mine = "docker://" + harbour.ref("skopeo/shop:1");
        assertThat(fails(skopeo, "inspect", "--tls-verify=false", mine)).containsIgnoringCase("unauthorized");
        assertThat(works(skopeo, "inspect", "--tls-verify=false", open)).contains("\"Digest\"");

        works(skopeo, "login", "--tls-verify=false", "-u", "any", "-p", harbour.builder, harbour.host());
        String[] plain = {"--insecure-policy", "copy", "--src-tls-verify=false", "--dest-tls-verify=false"};
        works(skopeo, plain[0], plain[1], plain[2], plain[3], open, mine);
        works(skopeo, plain[0], plain[1], plain[2], mine, "oci:pulled:1");

        assertThat(works(skopeo, "list-tags", "--tls-verify=false", "docker://" + harbour.ref("skopeo/shop")))
                .contains("\"1\"");
        assertThat(directory.resolve("skopeo/pulled/index.json")).isNotEmptyFile();
        assertThat(fails(skopeo, "delete", "--tls-verify=false", mine)).containsIgnoringCase("denied");
    }

    /** A store of its own on the plain file system: nothing of the machine's own store is touched. */
    @Test
    void podman() throws Exception {
        Program podman = harbour.program("podman", "podman");
        String[] place = {"--root", "root", "--runroot", "run", "--storage-driver", "vfs", "--cgroup-manager=cgroupfs"};
        String image = harbour.ref("podman/shop:1");
        works(podman, with(place, "import", layer(), "localhost/shop:1"));
        assertThat(fails(podman, with(place, "push", "--tls-verify=false", "localhost/shop:1", image)))
                .containsIgnoringCase("unauthorized");

        works(podman, with(place, "login", "--tls-verify=false", "-u", "any", "-p", harbour.builder, harbour.host()));
        works(podman, with(place, "push", "--tls-verify=false", "localhost/shop:1", image));
        String id = works(podman, with(place, "images", "--no-trunc", "--quiet"))
                .lines()
                .findFirst()
                .orElseThrow();
        works(podman, with(place, "rmi", "--all", "--force"));
        works(podman, with(place, "pull", "--tls-verify=false", image));

        assertThat(works(podman, with(place, "images", "--no-trunc", "--quiet")))
                .contains(id);
        works(podman, with(place, "logout", harbour.host()));
        works(podman, with(place, "pull", "--tls-verify=false", harbour.ref("open:1")));
        assertThat(fails(podman, with(place, "pull", "--tls-verify=false", image)))
                .containsIgnoringCase("unauthorized");
    }

    private static String[] with(String[] first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    private static String layer() {
        return directory.resolve("layer.tar").toString();
    }

    private static String digest(String output) {
        int at = output.lastIndexOf("sha256:");
        assertThat(at).as(output).isNotNegative();
        return output.substring(at, at + 71);
    }

    private static String works(Program program, String... arguments) throws IOException, InterruptedException {
        Program.Ran ran = program.run(List.of(arguments));
        assertThat(ran.exit()).as(ran.text()).isZero();
        return ran.text();
    }

    private static String fails(Program program, String... arguments) throws IOException, InterruptedException {
        Program.Ran ran = program.run(List.of(arguments));
        assertThat(ran.exit()).as(ran.text()).isPositive();
        return ran.text();
    }
}
