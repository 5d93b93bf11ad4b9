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

    @Test
    void what_is_missing_is_shown_as_it_has_to_be_written() {
        Typing typing = typing();

        assertThat(typing.type("tag")).isEqualTo(Exit.MISUSE);
        assertThat(typing.err()).contains("Write `waybill tag REF VERSION`; `waybill tag --help` explains it.");

        typing.type("hold");
        assertThat(typing.err()).contains("Write `waybill hold ENV/APP --why TEXT`");

        typing.type("veto");
        assertThat(typing.err()).contains("Write `waybill veto REF --why TEXT`");

        typing.type("compare");
        assertThat(typing.err()).contains("Write `waybill compare A B [C...]`").doesNotContain("A B A B");
    }

    @Test
    void a_mistyped_option_is_named_before_the_one_that_it_makes_missing() {
        Typing typing = typing();

        assertThat(typing.type("promote", "shop:1", "--too", "dev")).isEqualTo(Exit.MISUSE);

        assertThat(typing.err()).contains("there is no option --too. Did you mean --to?");
    }

    @Test
    void a_value_of_the_wrong_form_is_named_without_words_of_the_parser() {
        Typing typing = typing();

        assertThat(typing.type("why", "shop")).isEqualTo(Exit.MISUSE);
        assertThat(typing.err())
                .contains("'shop' is no ENV/APP: an environment and an application are written ENV/APP")
                .doesNotContain("index");

        typing.type("promote", "shop:1", "--to", "Dev!");
        assertThat(typing.err()).contains("'Dev!' is no --to: ").doesNotContain("Invalid value");
    }

    @Test
    void the_server_and_the_agent_say_what_was_meant_and_how_it_is_written() {
        Typing typing = typing();

        assertThat(typing.type("server", "--porrt", "1")).isEqualTo(Exit.MISUSE);
        assertThat(typing.err()).contains("there is no option '--porrt'. Did you mean --port?");

        typing.type("agent", "enrol");
        assertThat(typing.err())
                .contains("Write `waybill agent enrol --token T --config FILE [--server URL]`")
                .doesNotContain("rollback");

        typing.type("agent", "inivte");
        assertThat(typing.err()).contains("there is no verb 'inivte'. Did you mean invite?");
    }

    private Typing typing() {
        return new Typing(home, Clock.systemUTC());
    }
}
