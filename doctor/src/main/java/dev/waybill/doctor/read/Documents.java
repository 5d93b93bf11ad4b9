package dev.waybill.doctor.read;

import dev.waybill.doctor.source.Note;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.source.SourceTree;
import dev.waybill.doctor.yaml.Node;
import dev.waybill.doctor.yaml.YamlReader;
import dev.waybill.doctor.yaml.YamlTrouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The YAML files of a tree, each parsed once, and what could not be read. */
final class Documents {
    private static final String OTHERS = "_other_repository/";

    private final SourceTree tree;
    private final List<Note> notes;
    private final Map<String, List<Node>> parsed = new HashMap<>();

    Documents(SourceTree tree, List<Note> notes) {
        this.tree = tree;
        this.notes = notes;
    }

    SourceTree tree() {
        return tree;
    }

    void note(Place place, String text) {
        Note note = new Note(place, text);
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** The last document of a file, which is the one that counts where a header stands before it; or absent. */
    Node document(String path) {
        List<Node> all = parsed.computeIfAbsent(path, this::parse);
        return all.isEmpty() ? Node.ABSENT : all.getLast();
    }

    private List<Node> parse(String path) {
        Optional<String> text = tree.text(path);
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return YamlReader.read(path, text.get());
        } catch (YamlTrouble trouble) {
            notes.add(trouble.note());
            return List.of();
        }
    }

    /** Root-relative, without {@code ./} and {@code ..}; empty if it leads out of the tree. */
    static String normal(String directory, String path) {
        List<String> parts = new ArrayList<>();
        String whole = path.startsWith("/") ? path.substring(1) : directory.isEmpty() ? path : directory + "/" + path;
        for (String part : whole.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return "";
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** A file of another repository that somebody put beside: {@code _other_repository/OWNER+NAME/path}. */
    Optional<String> elsewhere(String repository, String path) {
        String wanted = (OTHERS + repository.replace('/', '+') + "/" + path).toLowerCase(Locale.ROOT);
        return tree.paths().stream()
                .filter(candidate -> candidate.startsWith(OTHERS))
                .filter(candidate -> candidate.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }
}
