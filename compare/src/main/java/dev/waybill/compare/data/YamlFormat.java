package dev.waybill.compare.data;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML 1.2 as a graph of nodes: a scalar is its tag and its text, so that {@code 1} and {@code '1'} stay apart. */
public final class YamlFormat implements Format {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int MOST_NODES = 200_000;
    private static final int DEEPEST = 100;

    @Override
    public String name() {
        return "YAML";
    }

    @Override
    public boolean claims(Look look) {
        return look.place().extension().equals("yaml")
                || look.place().extension().equals("yml");
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        Form.Builder form = Form.builder("YAML");
        form.add(Part.droppable("layout", Atom.hash(bytes), DataRules.YAML_LAYOUT));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.whole(LARGEST)))
                    .toString();
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(LARGEST)
                    .setMaxAliasesForCollections(50)
                    .build();
            int document = 0;
            int[] left = {MOST_NODES};
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                form.add(Part.of("document " + ++document, value(node, left, 0)));
            }
        } catch (CharacterCodingException e) {
            throw new Unreadable("it is not UTF-8");
        } catch (YamlEngineException e) {
            throw new Unreadable("it is no YAML");
        }
        return form.build();
    }

    /** Aliases are followed; a document that grows by them ends at the bound. */
    private static Value value(Node node, int[] left, int depth) throws Unreadable {
        left[0]--;
        if (left[0] < 0 || depth > DEEPEST) {
            throw new Unreadable("it is larger than YAML is read here");
        }
        return switch (node) {
            case ScalarNode scalar -> new Atom(scalar.getTag().getValue() + " '" + scalar.getValue() + "'");
            case SequenceNode sequence -> {
                Form.Builder form =
                        Form.builder("YAML sequence " + sequence.getTag().getValue());
                int index = 0;
                for (Node item : sequence.getValue()) {
                    form.add(Part.of("[" + index++ + "]", value(item, left, depth + 1)));
                }
                yield form.build();
            }
            case MappingNode mapping -> mapping(mapping, left, depth);
            default -> throw new Unreadable("it is no YAML that is known here");
        };
    }

    private static Form mapping(MappingNode mapping, int[] left, int depth) throws Unreadable {
        Form.Builder form = Form.builder("YAML mapping " + mapping.getTag().getValue());
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new Unreadable("a key is no scalar");
            }
            // Kinds of keys are told apart, and so are merges, whose order among the others counts.
            String name = "." + key.getValue()
                    + (key.getTag().getValue().endsWith(":str")
                            ? ""
                            : " " + key.getTag().getValue());
            if (form.has(name) || key.getValue().equals("<<")) {
                throw new Unreadable("a key is there twice, or merged");
            }
            form.add(Part.of(name, value(tuple.getValueNode(), left, depth + 1)));
        }
        return form.build();
    }
}
