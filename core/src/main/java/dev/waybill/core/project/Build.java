package dev.waybill.core.project;

import dev.waybill.core.json.Place;
import java.util.List;
import java.util.Map;

/**
 * How the artifact is built.
 *
 * @param command the team's own command, one line for its shell; run once, in a clean checkout
 * @param outputs files, directories or patterns below the checkout that make the artifact
 * @param tests patterns of JUnit reports that the build leaves behind, attested as suite {@code unit}
 * @param tools tools and the exact versions that the build expects
 */
public record Build(String command, List<String> outputs, List<String> tests, Map<String, String> tools) {
    public Build {
        outputs = List.copyOf(outputs);
        tests = List.copyOf(tests);
        tools = Map.copyOf(tools);
    }

    static Build read(Place place) {
        place.only("command", "outputs", "tests", "tools");
        Place outputs = place.get("outputs");
        List<String> paths = outputs.items().stream().map(Build::inside).toList();
        if (paths.isEmpty()) {
            throw outputs.refuse("a build has at least one output.", "Write for example [target/shop.jar].");
        }
        return new Build(
                place.get("command").text(), paths, place.each("tests", Build::inside), Run.labels(place, "tools"));
    }

    /** A path that stays below the checkout, on every system. */
    private static String inside(Place place) {
        String path = place.text();
        boolean leaves = path.startsWith("/")
                || path.indexOf('\\') >= 0
                || path.indexOf(0) >= 0
                || path.indexOf(':') == 1
                || List.of(path.split("/", -1)).contains("..");
        if (leaves) {
            throw place.refuse(
                    "a path is relative to this file, with /, and stays below it.",
                    "Write for example target/shop.jar.");
        }
        return path;
    }
}
