package dev.waybill.doctor.yaml;

import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Text to nodes, bounded: an anchor bomb is counted after expansion, a cycle is found on the way down. */
public final class YamlReader {
    private static final int MOST_NODES = 300_000;
    private static final int DEEPEST = 120;
    private static final int LONGEST = 1 << 21;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(LONGEST)
            .setMaxAliasesForCollections(10_000)
            .setUseMarks(true)
            .build();

    private final String file;
    private final IdentityHashMap<org.snakeyaml.engine.v2.nodes.Node, Boolean> open = new IdentityHashMap<>();
    private int nodes;

    private YamlReader(String file) {
        this.file = file;
    }

    /** All documents of a file. */
    public static List<Node> read(String file, String text) throws YamlTrouble {
        YamlReader reader = new YamlReader(file);
        List<Node> documents = new ArrayList<>();
        try {
            for (org.snakeyaml.engine.v2.nodes.Node node : new Compose(SETTINGS).composeAllFromString(text)) {
                documents.add(reader.convert(node, 0));
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new YamlTrouble(new Place(file, line), "no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new YamlTrouble(new Place(file, 1), "no YAML: " + firstLine(e));
        } catch (StackOverflowError e) {
            throw new YamlTrouble(new Place(file, 1), "nested too deeply");
        }
    }

    private static String firstLine(YamlEngineException e) {
        String message = e.getMessage() == null ? "unreadable" : e.getMessage();
        return message.lines().findFirst().orElse("unreadable");
    }

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) throws YamlTrouble {
        Place place = new Place(
                file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new YamlTrouble(place, nodes > MOST_NODES ? "expands beyond measure" : "nested too deeply");
        }
        if (open.put(node, true) != null) {
            throw new YamlTrouble(place, "contains itself");
        }
        Node converted = switch (node) {
            case ScalarNode scalar -> scalar(scalar, place);
            case SequenceNode sequence -> sequence(sequence, place, depth);
            case MappingNode mapping -> mapping(mapping, place, depth);
            default -> Node.ABSENT;
        };
        open.remove(node);
        return converted;
    }

    private static String tag(org.snakeyaml.engine.v2.nodes.Node node) {
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? tag : "";
    }

    private static Node scalar(ScalarNode node, Place place) {
        boolean block = node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
        Place start = block ? place.down(1) : place;
        String text = node.isPlain()
                        && (node.getValue().equals("null") || node.getValue().equals("~"))
                ? ""
                : node.getValue();
        return new Node(Node.Kind.SCALAR, text, List.of(), Map.of(), start, place, tag(node));
    }

    private Node sequence(SequenceNode node, Place place, int depth) throws YamlTrouble {
        List<Node> items = new ArrayList<>();
        for (org.snakeyaml.engine.v2.nodes.Node item : node.getValue()) {
            items.add(convert(item, depth + 1));
        }
        return new Node(Node.Kind.SEQUENCE, "", items, Map.of(), place, place, tag(node));
    }

    private Node mapping(MappingNode node, Place place, int depth) throws YamlTrouble {
        Map<String, Node> own = new LinkedHashMap<>();
        Map<String, Node> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                continue;
            }
            Place keyPlace = new Place(
                    file, key.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
            Node value = convert(tuple.getValueNode(), depth + 1).under(keyPlace);
            if (key.isPlain() && key.getValue().equals("<<")) {
                value.list().forEach(source -> source.entries().forEach(merged::putIfAbsent));
            } else {
                own.put(key.getValue(), value);
            }
        }
        Map<String, Node> entries = new LinkedHashMap<>(merged);
        entries.putAll(own);
        return new Node(Node.Kind.MAPPING, "", List.of(), entries, place, place, tag(node));
    }
}
