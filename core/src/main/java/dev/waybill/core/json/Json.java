package dev.waybill.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON codec (RFC 8259), strict.
 *
 * <p>Refused with {@link Problem.Malformed}: ill-formed UTF-8, a byte order mark, lone surrogates, duplicate members, numbers
 * larger than a double holds, trailing content, nesting over {@value #MAX_DEPTH}, documents over {@value #MAX_BYTES} bytes or
 * {@value #MAX_TOKENS} tokens, coercions between types, absent or null members of a record unless declared
 * {@code @Nullable}. Output has members in alphabetical order and leaves out nulls, so that equal values are equal bytes.
 */
public final class Json {
    public static final int MAX_BYTES = 16 * 1024 * 1024;
    public static final int MAX_DEPTH = 64;

    /** Braces, names and values: read, one takes some fifty bytes of memory, however few it has in the document. */
    public static final int MAX_TOKENS = 2_000_000;

    /** For documents of ours: a member that nobody declared is an error. */
    private static final ObjectMapper CLOSED =
            mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** For statements and other people's documents: unknown members are ignored (in-toto Statement v1, parsing rules). */
    private static final ObjectMapper OPEN =
            mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final ObjectMapper PRETTY =
            mapper().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** Reads a document of our own making; unknown members are refused. */
    public static <T> T read(byte[] bytes, Class<T> type) {
        return bind(CLOSED, parse(bytes), type);
    }

    /** Reads a document that others may have extended; unknown members are ignored. */
    public static <T> T readOpen(byte[] bytes, Class<T> type) {
        return bind(OPEN, parse(bytes), type);
    }

    /** Binds a tree that {@link #parse} or a YAML reader made; unknown members are refused. */
    public static <T> T bind(JsonNode tree, Class<T> type) {
        return bind(CLOSED, tree, type);
    }

    /** Binds a tree, ignoring unknown members. */
    public static <T> T bindOpen(JsonNode tree, Class<T> type) {
        return bind(OPEN, tree, type);
    }

    /** Parses bytes into a tree. */
    public static JsonNode parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new Problem.TooLarge(
                            "JSON_TOO_LARGE",
                            "Reading JSON",
                            "the document has " + bytes.length + " bytes, the limit is " + MAX_BYTES + ".",
                            "Send a smaller document, or refer to large content by digest.")
                    .exception();
        }
        String text = decode(bytes);
        try {
            JsonNode tree = CLOSED.readTree(text);
            if (tree == null || tree.isMissingNode()) {
                throw malformed("the document is empty.");
            }
            if (Surrogates.areAlone(text, tree)) {
                throw malformed("an escape stands for half a character.");
            }
            if (Numbers.areBeyondDouble(text, tree)) {
                throw malformed("a number is larger than a double holds.");
            }
            return tree;
        } catch (JacksonException e) {
            throw malformed(describe(e));
        }
    }

    /** Parses bytes that must hold an object. */
    public static ObjectNode parseObject(byte[] bytes) {
        if (parse(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw malformed("an object is expected at the top.");
    }

    /** Compact bytes; equal values give equal bytes. */
    public static byte[] write(Object value) {
        return OPEN.writeValueAsBytes(value);
    }

    /** Indented text for people. */
    public static String pretty(Object value) {
        return PRETTY.writeValueAsString(value);
    }

    public static JsonNode tree(Object value) {
        return OPEN.valueToTree(value);
    }

    public static ObjectNode object() {
        return OPEN.createObjectNode();
    }

    private static <T> T bind(ObjectMapper mapper, JsonNode tree, Class<T> type) {
        try {
            T value = mapper.treeToValue(tree, type);
            if (value == null) {
                throw malformed("null stands where " + type.getSimpleName() + " is expected.");
            }
            return value;
        } catch (JacksonException e) {
            throw malformed(describe(e));
        }
    }

    /** Strict decoding first: Jackson itself takes overlong forms, UTF-16 and a byte order mark. */
    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw malformed("it starts with a byte order mark.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw malformed("it is not well-formed UTF-8.");
        }
    }

    private static String describe(JacksonException e) {
        String place = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": ";
        String path =
                e instanceof DatabindException d && !d.getPath().isEmpty() ? "at " + d.getPathReference() + ": " : "";
        return place + path.replaceAll("[a-zA-Z0-9_.$]+\\[\"", "[\"")
                + e.getOriginalMessage().lines().findFirst().orElse("") + ".";
    }

    private static ProblemException malformed(String what) {
        return new Problem.Malformed("MALFORMED", "Reading JSON", what, "Correct the document and send it again.")
                .exception();
    }

    private static JsonMapper.Builder mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(MAX_TOKENS)
                        .maxStringLength(MAX_BYTES)
                        .maxNumberLength(64)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        return JsonMapper.builder(factory)
                .annotationIntrospector(new RecordRules())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .withCoercionConfigDefaults(c -> {
                    for (CoercionInputShape shape : new CoercionInputShape[] {
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean,
                        CoercionInputShape.EmptyString,
                        CoercionInputShape.EmptyArray
                    }) {
                        c.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL));
    }
}
