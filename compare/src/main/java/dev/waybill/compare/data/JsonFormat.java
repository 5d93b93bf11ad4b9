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
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON (RFC 8259). Numbers stay the text that they are: no two different ones become one. */
public final class JsonFormat implements Format {
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final Set<String> EXTENSIONS = Set.of("json", "map", "webmanifest", "geojson", "jsonld");

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(LARGEST)
                    .maxNumberLength(100_000)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public String name() {
        return "JSON";
    }

    @Override
    public boolean claims(Look look) {
        return EXTENSIONS.contains(look.place().extension());
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        Form.Builder form = Form.builder("JSON");
        form.add(Part.droppable("layout", Atom.hash(bytes), DataRules.JSON_LAYOUT));
        form.add(Part.of("", value(bytes.whole(LARGEST), place)));
        return form.build();
    }

    private Value value(byte[] bytes, Place place) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("it is not UTF-8");
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Value value = value(parser, "", JsonMeaning.of(place, text));
            if (parser.nextToken() != null) {
                throw new Unreadable("more than one value is inside");
            }
            return value;
        } catch (JacksonException e) {
            throw new Unreadable("it is no JSON");
        }
    }

    private static Value value(JsonParser parser, String path, JsonMeaning meaning) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new Unreadable("it is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, path, meaning);
            case START_ARRAY -> array(parser, path, meaning);
            case VALUE_STRING -> new Atom("'" + parser.getString() + "'");
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
                new Atom(parser.getString());
            default -> throw new Unreadable("it is no JSON");
        };
    }

    private static Form object(JsonParser parser, String path, JsonMeaning meaning) throws IOException {
        Form.Builder form = Form.builder("JSON object");
        StringBuilder order = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            String inner = path + "." + key;
            form.add(meaning.part("." + key, inner, value(parser, inner, meaning)));
            order.append(key).append('\n');
        }
        if (meaning.orderCounts(path)) {
            form.add(Part.of("order of members", new Atom(order.toString()), DataRules.JSON_ORDER));
        }
        return form.build();
    }

    private static Form array(JsonParser parser, String path, JsonMeaning meaning) throws IOException {
        Form.Builder form = Form.builder("JSON array");
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String inner = path + "[]";
            form.add(meaning.part("[" + index++ + "]", inner, value(parser, inner, meaning)));
        }
        return form.build();
    }
}
