package dev.waybill.core.json;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Closest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A value together with where it stands in a document that a person wrote, such as {@code pipeline[2].production.soak}, so
 * that every refusal names the place. Works on trees from JSON and from YAML alike.
 *
 * @param path empty for the document itself
 */
public record Place(String path, JsonNode node) {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

    public static Place root(JsonNode node) {
        return new Place("", node);
    }

    /** Requires an object that has no other members than these. */
    public Place only(String... members) {
        Set<String> known = Set.of(members);
        for (String name : object()) {
            if (!known.contains(name)) {
                List<String> close = Closest.to(name, known);
                throw under(name)
                        .refuse(
                                "nobody knows `" + name + "` here."
                                        + (close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?"),
                                "Leave it out, or use one of: "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()) + ".");
            }
        }
        return this;
    }

    /** A member that must be there. */
    public Place get(String member) {
        return find(member).orElseThrow(() -> under(member).refuse("it is missing.", "Add `" + member + "`."));
    }

    /** A member that may be absent; null counts as absent. */
    public Optional<Place> find(String member) {
        object();
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new Place(child(member), value));
    }

    public List<Place> items() {
        if (!node.isArray()) {
            throw refuse("a list is expected.", "Write it as a list: [a, b].");
        }
        List<Place> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Place(path + "[" + i + "]", node.get(i)));
        }
        return items;
    }

    /** The list under this member, empty when it is absent. */
    public <T> List<T> each(String member, Function<Place, T> read) {
        return find(member)
                .map(list -> list.items().stream().map(read).toList())
                .orElseGet(List::of);
    }

    /** Members in the order in which they were written. */
    public Map<String, Place> members() {
        Map<String, Place> members = new LinkedHashMap<>();
        object().forEach(name -> members.put(name, new Place(child(name), node.get(name))));
        return members;
    }

    public String text() {
        if (!node.isString() || node.stringValue().isBlank()) {
            throw refuse("a text is expected.", "Write a text; put it in quotes if it looks like a number.");
        }
        return node.stringValue();
    }

    /** A text, or a whole number as it would be written; decimals must be in quotes, because 25.10 would become 25.1. */
    public String label() {
        return node.isIntegralNumber() ? node.asString() : text();
    }

    public int whole(int least, int most) {
        String text = node.isIntegralNumber() ? node.asString() : "";
        int value = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : Integer.MIN_VALUE;
        if (value < least || value > most) {
            throw refuse("a whole number from " + least + " to " + most + " is expected.", "Write such a number.");
        }
        return value;
    }

    /** Reads a text with a parser that refuses by itself, and says where. */
    public <T> T parse(Function<String, T> parser) {
        String text = text();
        try {
            return parser.apply(text);
        } catch (ProblemException e) {
            throw refuse(e.problem().missing(), e.problem().next());
        }
    }

    public boolean isText() {
        return node.isString();
    }

    public boolean isObject() {
        return node.isObject();
    }

    public boolean isNumber() {
        return node.isNumber();
    }

    public Place under(String member) {
        JsonNode value = node.get(member);
        return new Place(child(member), value == null ? node : value);
    }

    public ProblemException refuse(String missing, String next) {
        String where = path.isEmpty() ? "the document" : "`" + path + "`";
        return new Problem.Malformed("DOCUMENT_INVALID", "Reading " + where, missing, next).exception();
    }

    private List<String> object() {
        if (!node.isObject()) {
            throw refuse("names with values are expected.", "Write `name: value`, one per line.");
        }
        return List.copyOf(node.propertyNames());
    }

    private String child(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }
}
