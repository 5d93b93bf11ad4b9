package dev.waybill.doctor.effect;

import dev.waybill.doctor.shell.Command;
import dev.waybill.doctor.shell.CommandTable;
import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.shell.Words;
import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the commands of a script mean, followed into the tree. */
final class CommandReading {
    private static final int DEEPEST = 3;
    private static final Pattern MOVING = Pattern.compile("/releases/latest|/latest/|/stable[/?.]|/stable$");
    private static final Set<String> INTERPRETERS = Set.of(
            "bash",
            "sh",
            "zsh",
            "source",
            ".",
            "python",
            "python3",
            "node",
            "pwsh",
            "powershell",
            "ruby",
            "tsx",
            "ts-node",
            "perl");
    private static final Set<String> HOST_WORDS =
            Set.of("up", "pull", "restart", "recreate", "reload", "start", "rollout");

    private final Scripts scripts;
    private final Values values;
    private final Set<String> foreign;
    private final boolean onHost;
    private final boolean placed;
    private final List<Sense> senses = new ArrayList<>();
    private String directory = "";

    record Sense(Meaning meaning, String text, Place place, Effect.Certainty certainty, boolean guarded) {}

    /**
     * @param foreign directories with other repositories
     * @param onHost all runs on the target
     * @param placed the job is bound to an environment
     */
    CommandReading(Scripts scripts, Values values, Set<String> foreign, boolean onHost, boolean placed) {
        this.scripts = scripts;
        this.values = values;
        this.foreign = foreign;
        this.onHost = onHost;
        this.placed = placed;
    }

    List<Sense> senses(List<Command> commands) {
        commands.forEach(command -> command(command, 0));
        return senses;
    }

    private void command(Command command, int depth) {
        command.assigned().forEach((name, value) -> values.set(name, values.in(value)));
        if (command.words().isEmpty()) {
            return;
        }
        List<String> words =
                Words.unwrapped(command.words().stream().map(values::in).toList());
        if (words.getFirst().equals("cd") && words.size() > 1) {
            directory = words.get(1).replaceAll("^\\./", "").replaceAll("/$", "");
            return;
        }
        exported(words);
        words = module(words);
        Set<Meaning> meanings = CommandTable.commands().meanings(words);
        boolean guarded = command.under().stream().anyMatch(this::guards);
        if (special(command, words, guarded)) {
            return;
        }
        if (meanings.contains(Meaning.PACKAGE_SCRIPT) || meanings.contains(Meaning.MAKE_TARGET)) {
            named(command, words, guarded, depth);
        } else if (meanings.isEmpty() || INTERPRETERS.contains(Words.name(words.getFirst()))) {
            script(command, words, guarded, depth);
        } else {
            for (Meaning meaning : meanings) {
                add(firm(meaning, words), command, words, Effect.Certainty.SEEN, guarded);
            }
        }
    }

    /** {@code echo NAME=value >> $GITHUB_ENV} and its like. */
    private void exported(List<String> words) {
        if (words.getFirst().equals("echo") && words.size() == 2 && words.get(1).matches("[A-Za-z_]\\w*=[^\\n]*")) {
            String[] pair = words.get(1).split("=", 2);
            values.set(pair[0], pair[1]);
        }
    }

    private static List<String> module(List<String> words) {
        int flag = words.indexOf("-m");
        boolean python = Words.name(words.getFirst()).startsWith("python")
                || words.getFirst().equals("py");
        return python
                        && flag > 0
                        && flag + 1 < words.size()
                        && !words.get(flag + 1).equals("build")
                ? words.subList(flag + 1, words.size())
                : words;
    }

    private boolean guards(Command command) {
        List<String> words = Words.unwrapped(command.words());
        return !words.isEmpty()
                && (CommandTable.commands().meanings(words).contains(Meaning.GUARD)
                        || NameSense.of(command.text()).contains(Meaning.GUARD));
    }

    /** Fetching and running, and asking a running thing to update itself. */
    private boolean special(Command command, List<String> words, boolean guarded) {
        String program = Words.name(words.getFirst());
        if (!program.equals("curl") && !program.equals("wget")) {
            return false;
        }
        String text = String.join(" ", words).toLowerCase(Locale.ROOT);
        String next = Words.name(command.pipedTo());
        if (Set.of("sh", "bash", "zsh", "sudo").contains(next)
                || (MOVING.matcher(text).find() && !text.contains("api."))) {
            add(Meaning.TOOL_UNPINNED, command, words, Effect.Certainty.SEEN, guarded);
        } else if (text.contains("watchtower")) {
            add(Meaning.DEPLOY, command, List.of("watchtower", "image:latest"), Effect.Certainty.SEEN, guarded);
        } else if (text.contains("deploy") && text.contains("hook")) {
            add(Meaning.DEPLOY, command, words, Effect.Certainty.PRESUMED, guarded);
        }
        return true;
    }

    private Meaning firm(Meaning meaning, List<String> words) {
        if (meaning == Meaning.INSTALL_UNLOCKED
                && Words.name(words.getFirst()).equals("yarn")
                && scripts.modernYarn()
                && !words.contains("add")
                && !words.contains("up")) {
            return Meaning.INSTALL_LOCKED;
        }
        if (meaning == Meaning.TOOL_PINNED && words.getFirst().matches("npm|yarn|pnpm")) {
            boolean exact = CommandTable.commands().bare(words).stream()
                    .skip(2)
                    .filter(w -> !w.matches("add|install|i|global"))
                    .allMatch(w -> w.matches("@?[^@]+@\\d[\\w.-]*"));
            return exact ? meaning : Meaning.TOOL_UNPINNED;
        }
        if (meaning == Meaning.TOOL_UNPINNED) {
            List<String> packages = CommandTable.commands().bare(words).stream()
                    .skip(2)
                    .filter(w -> !w.startsWith("$"))
                    .toList();
            boolean exact = !packages.isEmpty()
                    && packages.stream().allMatch(w -> w.matches(".[^=]*+=.*\\d.*|.+@v?\\d.*"))
                    && packages.stream().noneMatch(w -> w.contains(">"));
            return exact ? Meaning.TOOL_PINNED : meaning;
        }
        return meaning;
    }

    private void named(Command command, List<String> words, boolean guarded, int depth) {
        List<String> bare = CommandTable.commands().bare(words);
        boolean make = bare.getFirst().matches("make|gmake|just|task");
        boolean found = false;
        boolean several = make;
        for (String name : bare.subList(1, bare.size())) {
            if (name.matches("run|run-script|workspace|workspaces|foreach") || name.contains("=")) {
                continue;
            }
            Optional<List<Command>> inside =
                    make ? scripts.target(folder(words), name) : packaged(bare.getFirst(), folder(words), name);
            if (inside.isPresent() && depth < DEEPEST) {
                inside.get().forEach(one -> command(one, depth + 1));
                found = true;
            } else {
                found |= presumed(command, words, name, guarded);
            }
            if (!several) {
                break;
            }
        }
        if (!found && make && bare.size() == 1) {
            Optional<List<Command>> all = scripts.target(folder(words), "all");
            all.ifPresent(inside -> inside.forEach(one -> command(one, Math.min(depth + 1, DEEPEST))));
            add(Meaning.BUILD, command, words, Effect.Certainty.PRESUMED, guarded);
        }
    }

    private Optional<List<Command>> packaged(String tool, String folder, String name) {
        return scripts.packaged(tool.equals("composer") ? "composer.json" : "package.json", folder, name);
    }

    private String folder(List<String> words) {
        for (String option : List.of("-C", "--prefix", "--cwd", "--dir")) {
            int at = words.indexOf(option);
            if (at > 0 && at + 1 < words.size()) {
                return words.get(at + 1).replaceAll("^\\./|/$", "");
            }
        }
        return directory.startsWith("$") || directory.equals("..") ? "" : directory;
    }

    private void script(Command command, List<String> words, boolean guarded, int depth) {
        List<String> bare = CommandTable.commands().bare(words);
        boolean interpreted = INTERPRETERS.contains(bare.getFirst()) && bare.size() > 1;
        String path = interpreted ? bare.get(1) : words.getFirst();
        Optional<List<Command>> inside = scripts.file(
                        directory.isEmpty() || path.startsWith("/") ? path : directory + "/" + path)
                .or(() -> scripts.file(path));
        if (inside.isPresent() && depth < DEEPEST) {
            inside.get().forEach(one -> command(one, depth + 1));
            return;
        }
        int arguments = interpreted ? 2 : 1;
        String spoken = Words.name(path) + " "
                + (bare.size() > arguments && bare.get(arguments).matches("[a-z][a-z:_-]*") ? bare.get(arguments) : "");
        presumed(command, words, spoken, guarded);
    }

    private boolean presumed(Command command, List<String> words, String name, boolean guarded) {
        Set<Meaning> meanings = NameSense.of(name);
        boolean host = onHost || command.remote();
        if (meanings.isEmpty() && host && Words.parts(name).stream().anyMatch(HOST_WORDS::contains)) {
            meanings = EnumSet.of(Meaning.DEPLOY);
        }
        if (meanings.isEmpty() && NameSense.releases(name)) {
            meanings = EnumSet.of(placed ? Meaning.DEPLOY : Meaning.PUBLISH);
        }
        String path = words.getFirst().replaceAll("^\\./", "");
        boolean other = foreign.stream().anyMatch(folder -> path.startsWith(folder + "/"));
        for (Meaning meaning : meanings) {
            add(meaning, command, words, other ? Effect.Certainty.OPAQUE : Effect.Certainty.PRESUMED, guarded);
        }
        return !meanings.isEmpty();
    }

    private void add(
            Meaning meaning, Command command, List<String> words, Effect.Certainty certainty, boolean guarded) {
        if (meaning != Meaning.NEUTRAL) {
            senses.add(new Sense(meaning, String.join(" ", words), command.place(), certainty, guarded));
        }
    }
}
