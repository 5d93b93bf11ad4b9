package dev.waybill.doctor.read;

import dev.waybill.doctor.expression.Conditions;
import dev.waybill.doctor.model.Refs;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A GitLab file with what it includes, merged the way GitLab merges, once for each set of references that includes differ by. */
final class GitlabFile {
    private static final int DEEPEST = 10;

    private final Documents documents;
    private final Set<Refs> differing = new LinkedHashSet<>();
    private final List<Place> outside = new ArrayList<>();

    /** One merged configuration and the references it holds for. */
    record Variant(Refs refs, Map<String, Node> entries) {}

    GitlabFile(Documents documents) {
        this.documents = documents;
    }

    List<Variant> variants(String path) {
        merged(path, Refs.ALL, new HashSet<>(), true);
        if (differing.isEmpty()) {
            return List.of(new Variant(Refs.ALL, merged(path, Refs.ALL, new HashSet<>(), false)));
        }
        return differing.stream()
                .map(refs -> new Variant(refs, merged(path, refs, new HashSet<>(), false)))
                .toList();
    }

    /** Includes of other projects or addresses: what they define cannot be seen. */
    List<Place> outside() {
        return outside;
    }

    private Map<String, Node> merged(String path, Refs refs, Set<String> open, boolean looking) {
        Node document = documents.document(path);
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!open.add(path) || open.size() > 200) {
            documents.note(new Place(path, 1), "includes itself");
            return entries;
        }
        for (Node include : document.get("include").list()) {
            include(include, refs, open, looking).forEach((name, node) -> entries.merge(name, node, GitlabFile::over));
        }
        document.entries().forEach((name, node) -> entries.merge(name, node, GitlabFile::over));
        open.remove(path);
        return entries;
    }

    private Map<String, Node> include(Node include, Refs refs, Set<String> open, boolean looking) {
        String local =
                include.isScalar() ? include.text() : include.get("local").text();
        if (local.isEmpty() || local.startsWith("http") || open.size() > DEEPEST) {
            boolean known = include.get("template").present()
                    || (include.isMapping() && include.entries().isEmpty());
            if (!known && looking) {
                outside.add(include.place());
            }
            return Map.of();
        }
        Refs condition = ruled(include.get("rules"));
        if (!condition.unrestricted() && looking) {
            differing.add(condition);
        }
        if (!looking && !condition.meets(refs)) {
            return Map.of();
        }
        Map<String, Node> all = new LinkedHashMap<>();
        for (String path : matching(Documents.normal("", local))) {
            merged(path, refs, open, looking).forEach((name, node) -> all.merge(name, node, GitlabFile::over));
        }
        return all;
    }

    private List<String> matching(String path) {
        if (!path.contains("*")) {
            return documents.tree().has(path) ? List.of(path) : List.of();
        }
        String regex = Pattern.quote(path).replace("**", "\\E.*\\Q").replace("*", "\\E[^/]*\\Q");
        return documents.tree().paths().stream()
                .filter(name -> name.matches(regex))
                .toList();
    }

    /** For which references a list of rules lets something in. */
    static Refs ruled(Node rules) {
        if (!rules.isSequence()) {
            return Refs.ALL;
        }
        Refs all = Refs.NONE;
        for (Node rule : rules.items()) {
            boolean never = rule.get("when").text().equals("never");
            if (!never) {
                all = all.or(Conditions.refs(rule.get("if").text()));
            }
        }
        return all;
    }

    /** Mappings merge by key, everything else is replaced by what comes later. */
    static Node over(Node earlier, Node later) {
        if (!earlier.isMapping() || !later.isMapping()) {
            return later;
        }
        Map<String, Node> entries = new LinkedHashMap<>(earlier.entries());
        later.entries().forEach((name, node) -> entries.merge(name, node, GitlabFile::over));
        Node merged = Node.mapping(entries, later.place());
        return new Node(Node.Kind.MAPPING, "", List.of(), merged.entries(), later.place(), later.key(), "");
    }
}
