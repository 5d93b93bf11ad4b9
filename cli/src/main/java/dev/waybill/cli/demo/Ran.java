package dev.waybill.cli.demo;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that ran: its line, exit code and what it printed, standard error included. */
record Ran(String line, int exit, List<String> output) {
    String text() {
        return String.join("\n", output);
    }

    /** The first group of the first match in the output; the demo fails if there is none. */
    String find(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text());
        if (!matcher.find()) {
            throw new DemoFailed(
                    "`" + line + "` should have printed something like " + pattern + ", but said:\n" + text());
        }
        return matcher.group(1);
    }

    Ran mustSucceed() {
        if (exit != 0) {
            throw new DemoFailed(
                    "`" + line + "` should have succeeded, but ended with exit code " + exit + ":\n" + text());
        }
        return this;
    }

    /** A refusal is exit code 1 with this stable code. */
    Ran mustBeRefused(String code) {
        if (exit != 1 || !text().contains(code)) {
            throw new DemoFailed("`" + line + "` should have been refused with " + code + ", but ended with exit code "
                    + exit + ":\n" + text());
        }
        return this;
    }
}
