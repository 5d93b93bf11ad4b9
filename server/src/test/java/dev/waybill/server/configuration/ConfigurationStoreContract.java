package dev.waybill.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.ConfigurationSet.Kind;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.Commitment;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pipelines and configuration promise, on each database. */
abstract class ConfigurationStoreContract {
    private static final Slot SLOT = Slot.parse("production/shop");
    private static final ActorName OPERATOR = new ActorName("operator");
    private static final String SECRET = "correct-horse-battery-staple";

    @TempDir
    Path data;

    private Database database;
    private Ledger ledger;
    private Configurations configurations;
    private Pipelines pipelines;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        database = place().open();
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
        ValueSeal seal = FileConfigurationKey.open(data, Configurations.isEmpty(database, ledger));
        configurations = new Configurations(database, ledger, seal, Clock.systemUTC());
        pipelines = new Pipelines(database, ledger, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void versions_have_no_gaps_and_each_names_the_one_before() {
        configurations.change(SLOT, set("A", Kind.VALUE, "1"), OPERATOR);
        configurations.change(SLOT, set("A", Kind.VALUE, "2"), OPERATOR);
        configurations.change(SLOT, new ConfigurationChange(Map.of(), List.of("A"), null), OPERATOR);

        List<ConfigurationSet> said =
                database
                        .read(tx -> ledger.about(tx, Configurations.subject(SLOT), PredicateTypes.CONFIGURATION))
                        .stream()
                        .map(e -> e.statement().predicate(ConfigurationSet.class, PredicateTypes.CONFIGURATION))
                        .toList();
        List<ConfigurationView> versions = configurations.versions(SLOT);

        assertThat(said).extracting(ConfigurationSet::version).containsExactly(1L, 2L, 3L);
        assertThat(said.get(0).previous()).isNull();
        assertThat(said.get(1).previous()).isEqualTo(versions.get(2).statement());
        assertThat(said.get(2).previous()).isEqualTo(versions.get(1).statement());
        assertThat(said.get(2).entries()).isEmpty();
    }

    @Test
    void what_is_not_named_stays_and_keeps_its_commitment() {
        configurations.change(SLOT, set("A", Kind.VALUE, "1"), OPERATOR);
        String before = configurations.current(SLOT).entries().getFirst().commitment();

        ConfigurationView now = configurations.change(SLOT, set("B", Kind.SECRET, SECRET), OPERATOR);

        assertThat(now.version()).isEqualTo(2);
        assertThat(now.entries().getFirst().commitment()).isEqualTo(before);
        assertThat(now.entries()).extracting(ConfigurationView.Entry::value).containsExactly("1", null);
    }

    @Test
    void equal_values_in_two_slots_have_different_commitments() {
        Slot other = Slot.parse("staging/shop");
        configurations.change(SLOT, set("A", Kind.SECRET, SECRET), OPERATOR);
        configurations.change(other, set("A", Kind.SECRET, SECRET), OPERATOR);

        assertThat(configurations.current(SLOT).entries().getFirst().commitment())
                .isNotEqualTo(configurations.current(other).entries().getFirst().commitment());
    }

    @Test
    void a_value_that_no_process_can_be_given_is_refused() {
        assertThatThrownBy(() -> configurations.change(SLOT, set("A", Kind.SECRET, "x\0y"), OPERATOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("CONFIGURATION_INVALID")
                .hasMessageNotContaining("x\0y");
    }

    @Test
    void a_change_that_changes_nothing_makes_no_version() {
        configurations.change(SLOT, set("A", Kind.VALUE, "1"), OPERATOR);

        ConfigurationView again = configurations.change(SLOT, set("A", Kind.VALUE, "1"), new ActorName("writer"));

        assertThat(again.version()).isEqualTo(1);
        assertThat(again.by()).isEqualTo(OPERATOR);
    }

    @Test
    void an_empty_secret_is_refused_and_an_empty_value_is_a_value() {
        refused("SECRET_EMPTY", () -> configurations.change(SLOT, set("PASSWORD", Kind.SECRET, ""), OPERATOR));

        assertThat(configurations
                        .change(SLOT, set("PREFIX", Kind.VALUE, ""), OPERATOR)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void a_lost_update_is_refused() {
        configurations.change(SLOT, set("A", Kind.VALUE, "1"), OPERATOR);

        refused(
                "CONFIGURATION_CHANGED",
                () -> configurations.change(
                        SLOT,
                        new ConfigurationChange(Map.of("A", new ConfigurationValue(Kind.VALUE, "2")), List.of(), 0L),
                        OPERATOR));
    }

    @Test
    void changes_at_the_same_time_all_get_a_version_of_their_own() throws Exception {
        List<Future<ConfigurationView>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String key = "K" + i;
                made.add(threads.submit(() -> configurations.change(SLOT, set(key, Kind.VALUE, key), OPERATOR)));
            }
        }
        List<Long> numbers = new ArrayList<>();
        for (Future<ConfigurationView> future : made) {
            numbers.add(future.get().version());
        }

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 8).boxed().toList());
        assertThat(configurations.current(SLOT).entries()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "LD_PRELOAD",
                "LD_LIBRARY_PATH",
                "WAYBILL_RELEASE",
                "BASH_ENV",
                "ENV",
                "GCONV_PATH",
                "PYTHONSTARTUP",
                "PYTHONPATH",
                "PERL5OPT",
                "RUBYOPT",
                "CLASSPATH",
                "NODE_OPTIONS",
                "NODE_PATH",
                "JAVA_TOOL_OPTIONS",
                "DOTNET_STARTUP_HOOKS",
                "GIT_SSH_COMMAND",
                "OPENSSL_CONF"
            })
    void keys_that_decide_which_code_runs_are_no_configuration(String key) {
        assertThatThrownBy(() -> configurations.change(SLOT, set(key, Kind.VALUE, "/tmp"), OPERATOR))
                .hasMessageContaining("CONFIGURATION_KEY_RESERVED");
    }

    @Test
    void options_of_a_runtime_are_configuration() {
        configurations.change(
                SLOT,
                set("JAVA_TOOL_OPTIONS", Kind.VALUE, "-Xmx1g -XX:+UseZGC  -XX:MaxRAMPercentage=75.0 -Dapp.mode=blue"),
                OPERATOR);
        configurations.change(SLOT, set("NODE_OPTIONS", Kind.VALUE, "--max-old-space-size=4096"), OPERATOR);
        configurations.change(SLOT, set("ENV", Kind.VALUE, "production"), OPERATOR);
        configurations.change(SLOT, set("GIT_COMMIT", Kind.VALUE, "main"), OPERATOR);

        assertThat(configurations.current(SLOT).entries()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JAVA_TOOL_OPTIONS | -Xmx1g -javaagent:/tmp/a.jar
            JAVA_TOOL_OPTIONS | -agentpath:/tmp/a.so
            JAVA_TOOL_OPTIONS | -XX:OnOutOfMemoryError=/tmp/x
            JAVA_TOOL_OPTIONS | -XX:Flags=/tmp/x
            JAVA_TOOL_OPTIONS | -Xbootclasspath/a:/tmp/a.jar
            JAVA_TOOL_OPTIONS | -Djava.system.class.loader=Other
            JAVA_TOOL_OPTIONS | -Djava.library.path=/tmp
            JDK_JAVA_OPTIONS  | @/tmp/options
            JDK_JAVA_OPTIONS  | -cp /tmp
            _JAVA_OPTIONS     | --module-path=/tmp
            NODE_OPTIONS      | --max-old-space-size=1 --require=/tmp/a.js
            NODE_OPTIONS      | --import=data:text/javascript,1
            ENV               | /tmp/profile
            """)
    void options_that_load_code_before_the_application_are_none(String key, String value) {
        assertThatThrownBy(() -> configurations.change(SLOT, set(key, Kind.SECRET, value), OPERATOR))
                .hasMessageContaining("CONFIGURATION_KEY_RESERVED")
                .hasMessageNotContaining(value);
    }

    @Test
    void the_agent_of_the_slot_gets_everything_in_clear() {
        configurations.change(SLOT, set("PASSWORD", Kind.SECRET, SECRET), OPERATOR);
        configurations.change(SLOT, set("ca.pem", Kind.FILE, "AAEC"), OPERATOR);

        Configurations.Opened opened = database.read(tx -> configurations.opened(tx, SLOT, 2));

        assertThat(opened.values())
                .containsEntry("PASSWORD", new ConfigurationValue(Kind.SECRET, SECRET))
                .containsEntry("ca.pem", new ConfigurationValue(Kind.FILE, "AAEC"));
        ConfigurationSet says =
                database.read(tx -> configurations.require(tx, SLOT, 2)).says();
        byte[] key = Base64.getDecoder().decode(opened.commitmentKeys().get("PASSWORD"));
        assertThat(says.entries())
                .as("with what each value can be held against the statement")
                .contains(new ConfigurationSet.Entry(
                        "PASSWORD", Kind.SECRET, Commitment.of(key, SECRET.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void no_secret_and_no_value_stands_in_clear_in_any_file_or_statement() throws IOException {
        configurations.change(SLOT, set("PASSWORD", Kind.SECRET, SECRET), OPERATOR);
        configurations.change(SLOT, set("LEVEL", Kind.VALUE, "quite-a-plain-value"), OPERATOR);
        database.close();

        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain(SECRET).doesNotContain("quite-a-plain-value");
            }
        }
        database = place().open();
    }

    @Test
    void statements_hold_commitments_and_views_never_a_secret() {
        ConfigurationView view = configurations.change(SLOT, set("PASSWORD", Kind.SECRET, SECRET), OPERATOR);

        String said = database.read(tx -> ledger.find(tx, Objects.requireNonNull(view.statement())))
                .map(Entry::signed)
                .map(s -> new String(s.payload(), StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(said).contains("PASSWORD").doesNotContain(SECRET);
        assertThat(new String(Json.write(view), StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void a_sealed_value_opens_only_where_it_was_put() {
        ValueSeal seal = FileConfigurationKey.open(data, false);
        ValueSeal.Committed committed = ValueSeal.Committed.fresh(SECRET.getBytes(StandardCharsets.UTF_8));
        byte[] sealed = seal.seal(new ValueSeal.Place(SLOT, 1, "A"), committed);

        assertThat(seal.open(new ValueSeal.Place(SLOT, 1, "A"), sealed)).isEqualTo(committed);
        refused("CONFIGURATION_UNREADABLE", () -> seal.open(new ValueSeal.Place(SLOT, 2, "A"), sealed));
        refused("CONFIGURATION_UNREADABLE", () -> seal.open(new ValueSeal.Place(SLOT, 1, "B"), sealed));
        refused(
                "CONFIGURATION_UNREADABLE",
                () -> seal.open(new ValueSeal.Place(Slot.parse("staging/shop"), 1, "A"), sealed));
        sealed[sealed.length - 1] ^= 1;
        refused("CONFIGURATION_UNREADABLE", () -> seal.open(new ValueSeal.Place(SLOT, 1, "A"), sealed));
    }

    @Test
    void the_key_is_for_its_owner_only_and_is_never_made_a_second_time() throws IOException {
        Path key = data.resolve("keys/configuration.key");
        assertThat(Files.getPosixFilePermissions(key))
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
        configurations.change(SLOT, set("A", Kind.VALUE, "1"), OPERATOR);

        Files.delete(key);

        refused(
                "CONFIGURATION_KEY_UNUSABLE",
                () -> FileConfigurationKey.open(data, Configurations.isEmpty(database, ledger)));
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws IOException {
        Path key = data.resolve("keys/configuration.key");
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));

        refused("CONFIGURATION_KEY_UNUSABLE", () -> FileConfigurationKey.open(data, true));
    }

    @Test
    void refusals_name_the_key_and_not_the_value() {
        assertThatThrownBy(() -> configurations.change(SLOT, set("ca.pem", Kind.FILE, SECRET), OPERATOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ca.pem")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void a_pipeline_counts_from_when_it_is_applied_and_not_when_it_is_shown() {
        ApplicationName shop = SLOT.application();
        var body = Json.parse("[\"staging\", {\"production\": {\"approvals\": 1}}]".getBytes(StandardCharsets.UTF_8));

        assertThat(pipelines.dryRun(shop, body).version()).isEqualTo(1);
        refused("PIPELINE_UNKNOWN", () -> pipelines.read(shop));
        var applied = pipelines.apply(shop, body, OPERATOR);

        assertThat(applied.version()).isEqualTo(1);
        assertThat(pipelines.apply(shop, applied.pipeline(), OPERATOR)).isEqualTo(applied);
        assertThat(pipelines.read(shop)).isEqualTo(applied);
    }

    @Test
    void pipelines_form_a_chain_and_may_bring_a_contract_for_images() {
        ApplicationName shop = SLOT.application();
        pipelines.apply(shop, Json.parse("[\"production\"]".getBytes(StandardCharsets.UTF_8)), OPERATOR);
        var second = pipelines.apply(
                shop,
                Json.parse("{\"pipeline\": [\"production\"], \"config\": {\"required\": [\"DATABASE_URL\"]}}"
                        .getBytes(StandardCharsets.UTF_8)),
                OPERATOR);

        Pipelines.Applied current =
                database.read(tx -> pipelines.current(tx, shop)).orElseThrow();
        assertThat(second.version()).isEqualTo(2);
        assertThat(current.says().previous()).isNotNull();
        assertThat(current.contract().required()).containsExactly("DATABASE_URL");
    }

    static ConfigurationChange set(String key, Kind kind, String value) {
        return new ConfigurationChange(Map.of(key, new ConfigurationValue(kind, value)), List.of(), null);
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
