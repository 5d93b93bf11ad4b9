package dev.waybill.cli.build;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads our own YAML files strictly: one document, no aliases or merges, no duplicate keys; a mistake is named with its place. */
public final class Yaml {
    private static final long LIMIT = 1024 * 1024;
    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Yaml() {}

    public static JsonNode read(Path file) throws IOException {
        if (Files.size(file) > LIMIT) {
            throw malformed(file.toString(), "it has more than " + LIMIT + " bytes.");
        }
        try {
            return parse(Files.readString(file), file.getFileName().toString());
        } catch (CharacterCodingException e) {
            throw malformed(file.toString(), "it is not well-formed UTF-8.");
        }
    }

    /** @param name what to call the text in a refusal */
    public static JsonNode parse(String text, String name) {
        try {
            refuseAliases(text, name);
            JsonNode tree = MAPPER.readTree(text);
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                throw malformed(name, "it is empty.");
            }
            return tree;
        } catch (JacksonException e) {
            throw malformed(name, place(e.getLocation()) + firstLine(e.getOriginalMessage()));
        }
    }

    /** An alias would silently become a text with the anchor's name, and can grow a small file without bound. */
    private static void refuseAliases(String text, String name) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                    throw malformed(name, place(parser.currentTokenLocation()) + "aliases (*) are not read here.");
                }
                if (token == JsonToken.PROPERTY_NAME && "<<".equals(parser.currentName())) {
                    throw malformed(name, place(parser.currentTokenLocation()) + "merges (<<) are not read here.");
                }
            }
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String firstLine(@Nullable String message) {
        String line =
                message == null ? "" : message.lines().findFirst().orElse("").strip();
        return line.isEmpty() || line.endsWith(".") ? line : line + ".";
    }

    private static ProblemException malformed(String name, String missing) {
        return new Problem.Malformed("YAML_INVALID", "Reading " + name, missing, "Correct the file and try again.")
                .exception();
    }
}
