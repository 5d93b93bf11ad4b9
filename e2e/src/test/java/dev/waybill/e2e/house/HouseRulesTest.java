package dev.waybill.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.List;

/** The walls of the house. A rule that stands in the way is answered by moving code, or by a decision record. */
@AnalyzeClasses(packages = "dev.waybill", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String SERVER = "dev.waybill.server.";

    /** Rooms from the roof down; each may call those after it, and all may call the floor. */
    static final List<String> ROOMS = List.of(
            "ui",
            "page",
            "insight",
            "running",
            "rebuild",
            "deploy",
            "agent",
            "promotion",
            "history",
            "release",
            "configuration",
            "evidence",
            "garbage",
            "artifact",
            "layer",
            "distribution",
            "registry",
            "tag",
            "quota");

    static final List<String> FLOOR = List.of("ledger", "tile", "http", "identity", "db", "blob", "loop", "traffic");

    @ArchTest
    static final ArchRule core_does_no_io_and_reads_no_clock = noClasses()
            .that()
            .resideInAPackage("dev.waybill.core..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "io.javalin.."))
            .orShould()
            .dependOnClassesThat(describe(
                    "a file, a process or a clock",
                    (JavaClass type) -> type.getName().startsWith("java.io.File")
                            || type.getName().equals("java.io.RandomAccessFile")
                            || type.getName().startsWith("java.lang.Process")
                            || type.getName().equals("java.time.Clock")))
            .orShould()
            .callMethodWhere(describe("what time it is, or what the machine is set to", HouseRulesTest::asksTheWorld));

    @ArchTest
    static final ArchRule modules_depend_only_as_drawn = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("dev.waybill.core..")
            .layer("compare")
            .definedBy("dev.waybill.compare..")
            .layer("doctor")
            .definedBy("dev.waybill.doctor..")
            .layer("api")
            .definedBy("dev.waybill.api..")
            .layer("server")
            .definedBy("dev.waybill.server..")
            .layer("agent")
            .definedBy("dev.waybill.agent..")
            .layer("cli")
            .definedBy("dev.waybill.cli..")
            .withOptionalLayers(true)
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("agent")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("server", "agent", "cli")
            .whereLayer("doctor")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("compare")
            .mayOnlyBeAccessedByLayers("server", "cli");

    @ArchTest
    static final ArchRule the_command_line_knows_server_and_agent_only_by_their_main = noClasses()
            .that()
            .resideInAPackage("dev.waybill.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.waybill.server..", "dev.waybill.agent..")
                    .and(DescribedPredicate.not(describe(
                            "a public Main", type -> type.getSimpleName().equals("Main")))));

    @ArchTest
    static final ArchRule rooms_call_downwards_only = roomOrder();

    @ArchTest
    static final ArchRule the_floor_knows_no_room = noClasses()
            .that(resideInAnyPackage(packages(FLOOR)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(packages(ROOMS)));

    @ArchTest
    static final ArchRule every_room_has_its_place_in_the_order = classes()
            .that()
            .resideInAPackage("dev.waybill.server..")
            .should()
            .resideInAPackage("dev.waybill.server")
            .orShould()
            .resideInAnyPackage(packages(ROOMS))
            .orShould()
            .resideInAnyPackage(packages(FLOOR));

    @ArchTest
    static final ArchRule nobody_looks_up_at_the_composition_root = noClasses()
            .that(resideInAnyPackage(packages(ROOMS)).or(resideInAnyPackage(packages(FLOOR))))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.waybill.server"));

    @ArchTest
    static final ArchRule page_is_called_by_ui_alone = calledBy("page", "ui");

    @ArchTest
    static final ArchRule running_is_called_by_insight_alone = calledBy("running", "insight");

    @ArchTest
    static final ArchRule layer_is_called_by_artifact_alone = calledBy("layer", "artifact");

    @ArchTest
    static final ArchRule tile_is_called_by_the_ledger_alone = calledBy("tile", "ledger");

    @ArchTest
    static final ArchRule no_cycles_between_rooms =
            slices().matching(SERVER + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_cycles_inside_core =
            slices().matching("dev.waybill.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_sql_classes_know_jdbi = noClasses()
            .that()
            .resideInAPackage("dev.waybill..")
            .and()
            .resideOutsideOfPackage(SERVER + "db")
            .and(describe(
                    "are not Sql*", type -> !outermost(type).getSimpleName().startsWith("Sql")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql.."));

    @ArchTest
    static final ArchRule only_handlers_know_the_web_library = noClasses()
            .that()
            .resideInAPackage("dev.waybill..")
            .and()
            .resideOutsideOfPackage(SERVER + "http")
            .and(describe(
                    "are no *Handler", type -> !outermost(type).getSimpleName().endsWith("Handler")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet.."));

    @ArchTest
    static final ArchRule only_file_classes_touch_files = noClasses()
            .that()
            .resideInAPackage("dev.waybill.server..")
            .and(describe(
                    "are not File*, nor composition",
                    type -> !outermost(type).getSimpleName().startsWith("File")
                            && !outermost(type).getPackageName().equals("dev.waybill.server")))
            .should()
            .dependOnClassesThat(describe(
                    "java.nio.file.Files, java.io.File* or RandomAccessFile",
                    (JavaClass type) -> type.getName().equals("java.nio.file.Files")
                            || type.getName().startsWith("java.io.File")
                            || type.getName().equals("java.io.RandomAccessFile")))
            .orShould()
            .callMethodWhere(describe("the opening of a channel", HouseRulesTest::opensAFile));

    @ArchTest
    static final ArchRule names_say_what_things_are = noClasses()
            .that()
            .resideInAPackage("dev.waybill..")
            .should()
            .haveNameMatching(".*(Service|Manager|Impl|Util|Utils|Helper|Dto|DTO|Facade|Processor)$");

    @ArchTest
    static final ArchRule stores_are_narrow = classes()
            .that()
            .resideInAPackage("dev.waybill.server..")
            .and()
            .areInterfaces()
            .and()
            .haveSimpleNameEndingWith("Store")
            .should(new AtMostEightMethods());

    private static ArchRule roomOrder() {
        int lowest = ROOMS.size() - 1;
        CompositeArchRule composite = CompositeArchRule.of(knowsNone(ROOMS.get(lowest), ROOMS.subList(0, lowest)));
        for (int i = 1; i < lowest; i++) {
            // A room of the design that is not built yet is empty.
            composite =
                    composite.and(knowsNone(ROOMS.get(i), ROOMS.subList(0, i)).allowEmptyShould(true));
        }
        return composite.because("a lower room never asks an upper one");
    }

    /** A room that was parted from one other stays its inner room: what is public in it is so for that one. */
    private static ArchRule calledBy(String room, String caller) {
        return noClasses()
                .that(resideOutsideOfPackages(SERVER + room + "..", SERVER + caller + "..", "dev.waybill.server"))
                .should()
                .dependOnClassesThat(resideInAPackage(SERVER + room + ".."));
    }

    private static ArchRule knowsNone(String room, List<String> above) {
        return noClasses()
                .that(resideInAPackage(SERVER + room + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages(above)));
    }

    private static String[] packages(List<String> rooms) {
        return rooms.stream().map(room -> SERVER + room + "..").toArray(String[]::new);
    }

    /** A clock has many doors: every {@code now()} of java.time, and those of System. */
    private static boolean asksTheWorld(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        return (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.lang.System")
                        && List.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit")
                                .contains(name))
                || (owner.equals("java.lang.Thread") && name.equals("sleep"));
    }

    /** Channels are handed on, so that bodies are sent without copying; opening one is for {@code File*}. */
    private static boolean opensAFile(JavaMethodCall call) {
        return call.getTargetOwner().getName().startsWith("java.nio.channels.")
                && call.getTargetOwner().getSimpleName().contains("FileChannel")
                && call.getName().equals("open");
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass t = type;
        while (t.getEnclosingClass().isPresent()) {
            t = t.getEnclosingClass().get();
        }
        return t;
    }
}
