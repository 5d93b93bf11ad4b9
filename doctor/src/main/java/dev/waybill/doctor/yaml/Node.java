package dev.waybill.doctor.yaml;

import dev.waybill.doctor.source.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML value with its place. Asking an absent or other kind of value for something gives the absent value, so that a
 * reader walks any document without checks.
 *
 * @param text the scalar's text, else empty
 * @param items the sequence's items
 * @param entries the mapping's entries, merge keys applied
 * @param place where the value starts; of a block scalar, its first line of text
 * @param key where its key stands, for a value in a mapping
 * @param tag a local tag such as {@code !reference}, else empty
 */
public record Node(
        Kind kind, String text, List<Node> items, Map<String, Node> entries, Place place, Place key, String tag) {
    /** What a value is. */
    public enum Kind {
        ABSENT,
        SCALAR,
        SEQUENCE,
        MAPPING
    }

    private static final Place NOWHERE = new Place("", 0);

    public static final Node ABSENT = new Node(Kind.ABSENT, "", List.of(), Map.of(), NOWHERE, NOWHERE, "");

    public static Node scalar(String text, Place place) {
        return new Node(Kind.SCALAR, text, List.of(), Map.of(), place, place, "");
    }

    public static Node mapping(Map<String, Node> entries, Place place) {
        return new Node(Kind.MAPPING, "", List.of(), new LinkedHashMap<>(entries), place, place, "");
    }

    public static Node sequence(List<Node> items, Place place) {
        return new Node(Kind.SEQUENCE, "", List.copyOf(items), Map.of(), place, place, "");
    }

    /** The same value under another key. */
    public Node under(Place keyPlace) {
        return new Node(kind, text, items, entries, place, keyPlace, tag);
    }

    public boolean present() {
        return kind != Kind.ABSENT;
    }

    public boolean isMapping() {
        return kind == Kind.MAPPING;
    }

    public boolean isSequence() {
        return kind == Kind.SEQUENCE;
    }

    public boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    public Node get(String name) {
        return entries.getOrDefault(name, ABSENT);
    }

    public Node at(String... names) {
        Node here = this;
        for (String name : names) {
            here = here.get(name);
        }
        return here;
    }

    public String text(String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** The items of a sequence; a single value counts as a sequence of one, as most providers allow. */
    public List<Node> list() {
        return switch (kind) {
            case ABSENT -> List.of();
            case SEQUENCE -> items;
            case SCALAR, MAPPING -> List.of(this);
        };
    }

    /** The scalar items of {@link #list}. */
    public List<String> texts() {
        return list().stream().filter(Node::isScalar).map(Node::text).toList();
    }

    /** The scalar entries of a mapping. */
    public Map<String, String> strings() {
        Map<String, String> strings = new LinkedHashMap<>();
        entries.forEach((name, value) -> {
            if (value.isScalar()) {
                strings.put(name, value.text);
            }
        });
        return strings;
    }
}
