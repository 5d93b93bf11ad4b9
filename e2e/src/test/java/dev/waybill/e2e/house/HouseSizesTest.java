package dev.waybill.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sizes of the house: who outgrows a room gets another room, not a larger limit. */
class HouseSizesTest {
    @Test
    void no_file_is_longer_than_400_lines() {
        assertThat(Sources.files())
                .allSatisfy(file ->
                        assertThat(Sources.lines(file)).describedAs("%s", file).isLessThanOrEqualTo(400));
    }

    @Test
    void the_median_file_has_at_most_80_lines_and_nine_of_ten_at_most_200() {
        List<Integer> sizes =
                Sources.files().stream().map(Sources::lines).sorted().toList();

        assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(80);
        assertThat(sizes.get(sizes.size() * 9 / 10)).isLessThanOrEqualTo(200);
    }

    @Test
    void no_room_of_the_server_or_the_agent_has_more_than_20_files_and_none_has_a_room_inside() {
        for (String module : List.of("server", "agent")) {
            roomsAreSmall(Sources.root().resolve(module + "/src/main/java/dev/waybill/" + module));
        }
    }

    private static void roomsAreSmall(Path module) {
        Map<Path, Long> rooms = Sources.files().stream()
                .filter(file -> file.startsWith(module))
                .collect(Collectors.groupingBy(file -> module.relativize(file.getParent()), Collectors.counting()));

        assertThat(rooms).hasSizeGreaterThan(5).allSatisfy((room, files) -> {
            assertThat(files).describedAs("files in %s", room).isLessThanOrEqualTo(20);
            assertThat(room.getNameCount()).describedAs("levels of %s", room).isEqualTo(1);
        });
    }

    @Test
    void the_composition_root_has_less_than_250_lines() {
        Path root = Sources.root().resolve("server/src/main/java/dev/waybill/server/WaybillServer.java");

        assertThat(Sources.lines(root)).isLessThan(250);
    }

    @Test
    void no_method_is_longer_than_40_lines() throws IOException {
        assertThat(Sources.methods().stream().filter(m -> m.lines() > 42)).isEmpty();
    }

    @Test
    void no_constructor_takes_more_than_six_collaborators_and_no_method_more_than_five_parameters() throws IOException {
        assertThat(Sources.methods().stream()
                        .filter(m -> !m.ofRecord() || !m.constructor())
                        .filter(m -> m.parameters() > (m.constructor() ? 6 : 5)))
                .isEmpty();
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() throws IOException {
        for (Path directory :
                Sources.files().stream().map(Path::getParent).distinct().toList()) {
            Path info = directory.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).contains("@NullMarked").contains("/**");
        }
    }
}
