package dev.waybill.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's own image builder pushes to the registry and builds upon what it pulls from there. */
class JibTest {
    @TempDir
    static Path directory;

    private static Harbour harbour;

    /** It sends no credentials over plain HTTP unless it is told to. */
    @BeforeAll
    static void open() throws Exception {
        System.setProperty("sendCredentialsOverHttp", "true");
        harbour = new Harbour(directory);
    }

    @AfterAll
    static void close() {
        System.clearProperty("sendCredentialsOverHttp");
        harbour.close();
    }

    @Test
    void jib_pushes_an_image_and_builds_another_one_upon_it() throws Exception {
        JibContainer base = Jib.fromScratch()
                .addLayer(List.of(harbour.files.resolve("noise")), AbsoluteUnixPath.get("/base"))
                .containerize(to("jib/base:1", harbour.builder, "base"));
        RegistryImage from =
                RegistryImage.named(harbour.ref("jib/base@" + base.getDigest())).addCredential("any", harbour.viewer);

        JibContainer shop = Jib.from(from)
                .addLayer(List.of(harbour.files.resolve("hello.txt")), AbsoluteUnixPath.get("/shop"))
                .containerize(to("jib/shop:1", harbour.builder, "shop"));

        assertThat(shop.isImagePushed()).isTrue();
        assertThat(shop.getDigest()).isNotEqualTo(base.getDigest());
    }

    @Test
    void jib_without_a_right_is_told_so() {
        assertThatThrownBy(() -> Jib.fromScratch()
                        .addLayer(List.of(harbour.files.resolve("noise")), AbsoluteUnixPath.get("/"))
                        .containerize(to("jib/shop:2", "wbt_wrong", "none")))
                .isInstanceOf(RegistryAuthenticationFailedException.class);
    }

    private static Containerizer to(String ref, String token, String cache) throws Exception {
        return Containerizer.to(RegistryImage.named(harbour.ref(ref)).addCredential("any", token))
                .setAllowInsecureRegistries(true)
                .setApplicationLayersCache(directory.resolve("jib-" + cache))
                .setBaseImageLayersCache(directory.resolve("jib-" + cache + "-base"));
    }
}
