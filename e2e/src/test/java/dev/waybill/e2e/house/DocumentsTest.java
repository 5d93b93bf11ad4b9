package dev.waybill.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at is there: pages, tests, commands, rooms. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");
    private static final Pattern TEST = Pattern.compile("`((?!waybill_)[a-z0-9]+(?:_[a-z0-9]+){3,})`");
    private static final Pattern FIGURE = Pattern.compile("[`\"](waybill_[a-z]+(?:_[a-z]+)+)");
    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:`|^ *(?:\\$ |\\./)?|&& )waybill ([a-z]+)(?![a-z:.-])");
    private static final Pattern IN_TABLE =
            Pattern.compile("(?:add|later|group|mark|program|table\\.put)\\(\\s*\"(\\w+)\"");
    private static final Pattern LATER = Pattern.compile("later\\(\"(\\w+)\"");
    private static final Pattern ROOM = Pattern.compile("(?m)^ ([a-z]+) {2,}\\S");
    private static final Pattern FLOOR = Pattern.compile("(?m)^ ─ floor ─ +(.+)$");

    @Test
    void every_link_leads_to_a_file_that_is_there() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            found(LINK, Files.readString(document)).stream()
                    .filter(link -> !link.startsWith("http"))
                    .filter(link -> !Files.exists(document.resolveSibling(link)))
                    .forEach(link -> broken.add(document.getFileName() + ": " + link));
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void every_test_that_a_document_names_is_there() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path document : documents()) {
            named.addAll(found(TEST, Files.readString(document)));
        }
        Set<String> tests = new TreeSet<>();
        for (String module : List.of("core", "compare", "doctor", "api", "server", "agent", "cli", "e2e")) {
            try (Stream<Path> tree = Files.walk(Sources.root().resolve(module).resolve("src/test/java"))) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    tests.addAll(found(METHOD, Files.readString(file)));
                }
            }
        }

        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(tests);
    }

    @Test
    void every_figure_is_documented_and_no_other() throws IOException {
        Set<String> inSources = new TreeSet<>();
        for (Path file : Sources.files()) {
            inSources.addAll(found(FIGURE, Files.readString(file)));
        }
        Set<String> documented =
                new TreeSet<>(found(FIGURE, Files.readString(Sources.root().resolve("docs/operating.md"))));

        assertThat(inSources).hasSizeGreaterThan(20);
        assertThat(documented).isEqualTo(inSources);
    }

    @Test
    void every_command_that_a_document_types_can_be_typed() throws IOException {
        String table = Files.readString(Sources.root().resolve("cli/src/main/java/dev/waybill/cli/Commands.java"));
        Set<String> commands = new TreeSet<>(found(IN_TABLE, table));
        commands.removeAll(found(LATER, table));
        Set<String> typed = new TreeSet<>();
        for (Path document : documents()) {
            typed.addAll(found(COMMAND, Files.readString(document)));
        }

        assertThat(typed).hasSizeGreaterThan(15).isSubsetOf(commands);
    }

    @Test
    void the_rooms_of_the_architecture_are_those_of_the_walls_in_their_order() throws IOException {
        String page = Files.readString(Sources.root().resolve("ARCHITECTURE.md"));
        String rooms = page.substring(page.indexOf("## Rooms of the server"), page.indexOf("Each room has the same"));
        Path server = Sources.root().resolve("server/src/main/java/dev/waybill/server");

        assertThat(found(ROOM, rooms))
                .containsExactlyElementsOf(HouseRulesTest.ROOMS.stream()
                        .filter(room -> Files.isDirectory(server.resolve(room)))
                        .toList());
        assertThat(found(FLOOR, rooms))
                .singleElement()
                .satisfies(floor ->
                        assertThat(floor.strip().split("\\s+")).containsExactlyElementsOf(HouseRulesTest.FLOOR));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Sources.root());
                Stream<Path> pages = Files.walk(Sources.root().resolve("docs"))) {
            return Stream.concat(top, pages)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toList());
    }
}
