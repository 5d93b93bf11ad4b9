package dev.waybill.doctor.effect;

import dev.waybill.doctor.model.Step;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What names the bytes in a step: image references and tags in its words, inputs and variables. */
final class References {
    private static final Pattern IMAGE = Pattern.compile("[\\w.$\\{\\}()/ -]*[\\w\\})]:([\\w.${}() -]*[\\w})])");
    private static final Pattern TAGGED = Pattern.compile(
            "(?i)(?:^|[\\s,;\"'._-])(?:image[_.-]?tag|tag|image|new_image_tag|docker_tag)\\s*[=:]\\s*[\"']?((?:\\$\\{\\{[^}]{0,500}\\}\\}|[^\\s\"',])++)");

    private References() {}

    static String of(Step step, String text, Values values) {
        TreeSet<String> found = new TreeSet<>();
        Matcher tagged = TAGGED.matcher(text);
        while (tagged.find()) {
            found.add(values.in(tagged.group(1)));
        }
        for (String word : text.split("\\s+")) {
            if (IMAGE.matcher(word).matches()
                    && !word.contains("://")
                    && (word.contains("/") || word.matches(".*:(latest|main|master|dev)"))) {
                found.add(values.in(word));
            }
        }
        for (Map.Entry<String, String> variable : step.variables().entrySet()) {
            if (variable.getKey().matches("(?i)(.*_)?(image_?tag|tag|image|docker_image|container_image)")) {
                found.add(values.in(variable.getValue()));
            }
        }
        return String.join(" ", found);
    }
}
