package dev.waybill.e2e;

import dev.waybill.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A command that ended. */
record Ran(String line, int exit, String out, String err) {
    /** Fails with everything that was said unless it ended like this. */
    Ran exits(int expected) {
        if (exit != expected) {
            throw new AssertionError("exit code " + exit + " instead of " + expected + ":\n" + this);
        }
        return this;
    }

    Ran done() {
        return exits(0);
    }

    /** Refused or misused, with this code. */
    Ran refused(int expected, String code) {
        exits(expected);
        if (!err.contains(code)) {
            throw new AssertionError("no " + code + " in:\n" + this);
        }
        return this;
    }

    JsonNode json() {
        return Json.parse(out.getBytes(StandardCharsets.UTF_8));
    }

    String find(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(out + "\n" + err);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in:\n" + this);
        }
        return matcher.group(matcher.groupCount() == 0 ? 0 : 1);
    }

    @Override
    public String toString() {
        return "$ waybill " + line + "\n" + out + err + "[" + exit + "]";
    }
}
