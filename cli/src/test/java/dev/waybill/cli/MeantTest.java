package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.artifact.ApplicationInfo;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeantTest {
    private static final String APPLICATIONS = "GET /api/v1/applications";

    @TempDir
    Path home;

    private final ServerFake server = new ServerFake()
            .refuse(
                    "GET /api/v1/resolve",
                    404,
                    new Problem.NotFound(
                            "APPLICATION_UNKNOWN",
                            "Finding the artifact",
                            "no artifact of such an application is registered.",
                            "Check the name."));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_unknown_application_gets_the_known_name_that_is_close() {
        server.on(APPLICATIONS, applications("shop", "billing"));

        assertThat(pull("shpo@45303f3"))
                .contains("You see no application 'shpo'. Did you mean shop?", "APPLICATION_UNKNOWN");
    }

    @Test
    void where_none_is_close_the_few_that_there_are_are_listed() {
        server.on(APPLICATIONS, applications("shop", "billing"));

        assertThat(pull("warehouse:1.0.0")).contains("There are: shop, billing.");
    }

    @Test
    void a_question_about_a_known_application_gets_nothing_added() {
        server.on(APPLICATIONS, applications("shop"));

        assertThat(pull("shop@45303f3")).doesNotContain("Did you mean", "You see no");
    }

    @Test
    void the_answer_stands_where_the_names_cannot_be_had() {
        assertThat(pull("shpo@45303f3")).contains("APPLICATION_UNKNOWN").doesNotContain("Did you mean");
    }

    private String pull(String ref) {
        Typing typing = new Typing(home, Clock.systemUTC()).to(server.url());
        assertThat(typing.type("pull", ref)).isEqualTo(Exit.REFUSED);
        return typing.err();
    }

    private static List<ApplicationInfo> applications(String... names) {
        return List.of(names).stream()
                .map(name -> new ApplicationInfo(new ApplicationName(name), 1, null))
                .toList();
    }
}
