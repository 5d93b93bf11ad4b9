package dev.waybill.cli.terminal;

import java.util.Map;
import java.util.regex.Pattern;

/** Colour for one stream, or none (no-color.org). */
public enum Style {
    PLAIN,
    COLOUR;

    /** Control sequences (ECMA-48, 5.4). */
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");

    /** @param terminal whether a person looks at the stream */
    public static Style of(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return terminal && !refused ? COLOUR : PLAIN;
    }

    public String bold(String text) {
        return escape("1", text);
    }

    public String dim(String text) {
        return escape("2", text);
    }

    public String good(String text) {
        return escape("32", text);
    }

    public String bad(String text) {
        return escape("31", text);
    }

    public String warn(String text) {
        return escape("33", text);
    }

    /** Somebody else's text as this stream may carry it: its escapes stay only where colour is shown. */
    public String fit(String text) {
        return this == PLAIN ? ESCAPES.matcher(text).replaceAll("") : text;
    }

    /** @param codes SGR parameters (ECMA-48, 8.3.117) */
    String escape(String codes, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + codes + "m" + text + "\u001b[0m";
    }
}
