package dev.waybill.doctor.shell;

import java.util.List;

/**
 * A piece of shell text.
 *
 * @param line lines after the first
 * @param inner scripts inside: command substitutions, or the here-document of an operator
 */
record Token(Kind kind, String text, int line, List<String> inner) {
    enum Kind {
        WORD,
        OPERATOR,
        REDIRECT,
        HEREDOC,
        LINE_END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }
}
