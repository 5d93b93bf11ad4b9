package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    @TempDir
    Path home;

    @Test
    void the_server_lists_its_options_with_their_defaults() {
        Typing typing = typing();

        assertThat(typing.type("server", "--help")).isZero();

        assertThat(typing.out()).contains("--data DIR", "--port N", "(default: 8080)", "--database URL", "--check");
        assertThat(typing.err()).isEmpty();
    }

    @Test
    void the_agent_lists_its_option_its_verbs_and_the_commands_beside_it() {
        Typing typing = typing();

        assertThat(typing.type("agent", "--help")).isZero();

        assertThat(typing.out()).contains("--config FILE", "enrol", "rollback", "invite", "list");
    }

    @Test
    void each_verb_of_the_agent_lists_its_own_options() {
        Typing typing = typing();

        assertThat(typing.type("agent", "enrol", "--help")).isZero();
        assertThat(typing.out()).contains("--token T", "--server URL").doesNotContain("--why");

        assertThat(typing.type("agent", "rollback", "--help")).isZero();
        assertThat(typing.out()).contains("ENV/APP", "--why TEXT", "--to N", "--as ACTOR");

        assertThat(typing.type("agent", "invite", "--help")).isZero();
        assertThat(typing.out()).contains("Usage: waybill agent invite", "--slot");
    }

    @Test
    void help_before_a_command_is_help_behind_it() {
        Typing typing = typing();
        typing.type("promote", "--help");
        String behind = typing.out();

        assertThat(typing.type("help", "promote")).isZero();
        assertThat(typing.out()).isEqualTo(behind).contains("Usage: waybill promote");

        assertThat(typing.type("help", "config", "set")).isZero();
        assertThat(typing.out()).contains("Usage: waybill config set");

        assertThat(typing.type("help", "agent", "enrol")).isZero();
        assertThat(typing.out()).contains("--token T");
    }

    @Test
    void help_alone_lists_all_commands_and_names_itself() {
        Typing typing = typing();

        assertThat(typing.type("help")).isZero();

        assertThat(typing.out()).contains("promote", "rollback", "waybill help COMMAND");
    }

    @Test
    void help_for_what_is_no_command_says_so() {
        Typing typing = typing();

        assertThat(typing.type("help", "promot")).isEqualTo(Exit.MISUSE);

        assertThat(typing.err()).contains("there is no command 'promot'. Did you mean promote?");
    }

    @Test
    void a_mistyped_command_gets_the_one_that_was_meant_and_no_other() {
        Typing typing = typing();

        assertThat(typing.type("stauts")).isEqualTo(Exit.MISUSE);
        assertThat(typing.err()).contains("there is no command 'stauts'. Did you mean status?");

        typing.type("promot", "demo", "--to", "dev");
        assertThat(typing.err()).contains("Did you mean promote?");

        typing.type("config", "gte");
        assertThat(typing.err()).contains("Did you mean get?");

        typing.type("frobnicate");
        assertThat(typing.err()).contains("there is no command 'frobnicate'.").doesNotContain("Did you mean");
    }

    @Test
    void a_mistyped_option_gets_the_one_that_was_meant() {
        Typing typing = typing();

        assertThat(typing.type("promote", "shop:1", "--to", "dev", "--wiat")).isEqualTo(Exit.MISUSE);
        assertThat(typing.err()).contains("there is no option --wiat. Did you mean --wait?");

        typing.type("promote", "shop:1", "--to", "dev", "--colour=red");
        assertThat(typing.err()).contains("there is no option --colour.").doesNotContain("Did you mean");
    }

    @Test
    void a_word_too_many_is_named() {
        Typing typing = typing();

        assertThat(typing.type("why", "production/shop", "now")).isEqualTo(Exit.MISUSE);

        assertThat(typing.err()).contains("'now' is one word too many.");
    }

    private Typing typing() {
        return new Typing(home, Clock.systemUTC());
    }
}
