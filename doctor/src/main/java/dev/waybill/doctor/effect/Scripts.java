package dev.waybill.doctor.effect;

import dev.waybill.doctor.shell.Command;
import dev.waybill.doctor.shell.ShellReader;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.source.SourceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of scripts, make targets and package scripts of the tree. */
final class Scripts {
    private static final Pattern TARGET = Pattern.compile("^([\\w./%$(){} -]++)\\s*+::?(?!=)([^=]*)$");
    private static final Pattern SCRIPT = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private static final Pattern SHELL = Pattern.compile("#!\\s*\\S*(env )?\\s*\\S*(bash|sh|zsh)\\b");
    private static final int LONGEST_FIRST_LINE = 200;

    private final SourceTree tree;
    private final Map<String, Map<String, List<Command>>> packages = new HashMap<>();
    private final Map<String, Map<String, List<Command>>> makefiles = new HashMap<>();

    Scripts(SourceTree tree) {
        this.tree = tree;
    }

    /** Commands of a shell script; empty if there is none, or it is in another language. */
    Optional<List<Command>> file(String path) {
        String clean = path.replaceAll("^(\\./)+", "").replaceAll("^\\$\\{?(CI_PROJECT_DIR|GITHUB_WORKSPACE)\\}?/", "");
        Optional<String> text = tree.text(clean);
        boolean shell = text.isPresent()
                && (clean.matches(".*\\.(sh|bash)")
                        || SHELL.matcher(firstLine(text.get())).lookingAt());
        return shell ? text.map(script -> ShellReader.read(script, new Place(clean, 1))) : Optional.empty();
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return text.substring(0, Math.min(end < 0 ? text.length() : end, LONGEST_FIRST_LINE));
    }

    /** A script of the package.json (or composer.json) of a directory. */
    Optional<List<Command>> packaged(String manifest, String directory, String name) {
        String path = directory.isEmpty() ? manifest : directory + "/" + manifest;
        return Optional.ofNullable(packages.computeIfAbsent(path, this::scripts).get(name));
    }

    /** What says that yarn is a version which never changes the lock file on a build machine. */
    boolean modernYarn() {
        return tree.text("package.json")
                        .map(text -> text.matches("(?s).*\"packageManager\"\\s*:\\s*\"yarn@[2-9].*"))
                        .orElse(false)
                || tree.has(".yarnrc.yml");
    }

    private Map<String, List<Command>> scripts(String path) {
        Map<String, List<Command>> scripts = new HashMap<>();
        String text = tree.text(path).orElse("");
        boolean inside = false;
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.contains("\"scripts\"")) {
                inside = true;
            } else if (inside && line.strip().startsWith("}")) {
                inside = false;
            }
            Matcher matcher = SCRIPT.matcher(line);
            while (inside && matcher.find()) {
                String script = matcher.group(2).replace("\\\"", "\"").replace("\\\\", "\\");
                scripts.put(matcher.group(1), ShellReader.read(script, new Place(path, number)));
            }
        }
        return scripts;
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf("##");
        return comment < 0 ? line : line.substring(0, comment).stripTrailing();
    }

    Optional<List<Command>> target(String directory, String name) {
        for (String file : List.of("Makefile", "makefile", "GNUmakefile")) {
            String path = directory.isEmpty() ? file : directory + "/" + file;
            List<Command> found = makefiles.computeIfAbsent(path, this::targets).get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Recipes by target; prerequisites count as calls of make. */
    private Map<String, List<Command>> targets(String path) {
        Map<String, List<Command>> targets = new HashMap<>();
        List<Command> current = new ArrayList<>();
        int number = 0;
        for (String line : tree.text(path).orElse("").replace("\\\n", "  ").split("\n", -1)) {
            number++;
            Matcher matcher = TARGET.matcher(withoutComment(line));
            if (line.startsWith("\t")) {
                current.addAll(ShellReader.read(line.strip().replaceAll("^[@+-]+", ""), new Place(path, number)));
            } else if (matcher.matches() && !line.startsWith(".")) {
                current = new ArrayList<>();
                String after = matcher.group(2).strip();
                if (!after.isEmpty()) {
                    current.addAll(ShellReader.read("make " + after, new Place(path, number)));
                }
                for (String name : matcher.group(1).strip().split("\\s+")) {
                    targets.put(name, current);
                }
            }
        }
        return targets;
    }
}
