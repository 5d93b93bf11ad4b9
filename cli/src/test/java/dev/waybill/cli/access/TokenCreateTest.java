package dev.waybill.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.identity.TokenMade;
import dev.waybill.api.insight.RunningView;
import dev.waybill.cli.ServerFake;
import dev.waybill.cli.Typing;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Slot;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCreateTest {
    @TempDir
    Path home;

    private final ServerFake server = new ServerFake()
            .on("POST /api/v1/tokens", new TokenMade("t1", new ActorName("release-manager"), "wbt_secret"));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_approver_without_an_address_is_warned_about() {
        Typing typing = typing();

        assertThat(typing.type("token", "create", "--actor", "release-manager", "--role", "approver:shop:production"))
                .isZero();

        assertThat(typing.err())
                .contains("approve nothing where gates leave out the commit's author")
                .contains("`waybill token revoke t1`", "make one with --email ADDRESS");
        assertThat(typing.out()).isEqualTo("wbt_secret\n");
    }

    @Test
    void an_approver_with_an_address_and_everybody_else_are_not() {
        Typing typing = typing();

        typing.type("token", "create", "--actor", "release-manager", "--role", "approver", "--email", "a@example.org");
        assertThat(typing.err()).doesNotContain("approve nothing");

        typing.type("token", "create", "--actor", "release-manager", "--role", "builder");
        assertThat(typing.err()).doesNotContain("approve nothing");
    }

    @Test
    void a_role_for_what_nobody_knows_is_told_with_what_was_meant() {
        server.on("GET /api/v1/applications", List.of());
        server.on(
                "GET /api/v1/running",
                List.of(new RunningView(
                        Slot.parse("production/shop"), null, null, List.of(), 0, "empty", "", false, null, List.of())));
        Typing typing = typing();

        typing.type(
                "token", "create", "--actor", "deployer", "--role", "promoter:shpo", "--role", "viewer:shop:prodction");

        assertThat(typing.err())
                .contains("There is no application 'shpo' yet", "Did you mean shop?")
                .contains("There is no environment 'prodction' yet", "Did you mean production?");
        Typing right = typing();
        right.type("token", "create", "--actor", "deployer", "--role", "promoter:shop:production");
        assertThat(right.err()).doesNotContain("There is no");
    }

    @Test
    void the_last_line_says_what_the_token_may_and_shows_its_text_nowhere() {
        Typing typing = typing();

        typing.type(
                "token",
                "create",
                "--actor",
                "release-manager",
                "--role",
                "promoter:*:staging",
                "--pull-only",
                "staging");

        assertThat(typing.err())
                .isEqualTo("Token t1 for release-manager (promoter:*:staging, pulls only what is in staging),"
                        + " shown this once. Next: waybill login " + server.url() + " --token ...\n");
    }

    @Test
    void a_warning_is_no_part_of_json() {
        Typing typing = typing();

        typing.type("token", "create", "--actor", "release-manager", "--role", "approver", "--output", "json");

        assertThat(typing.err()).isEmpty();
        assertThat(typing.out()).contains("\"token\" : \"wbt_secret\"");
    }

    private Typing typing() {
        return new Typing(home, Clock.systemUTC()).to(server.url());
    }
}
