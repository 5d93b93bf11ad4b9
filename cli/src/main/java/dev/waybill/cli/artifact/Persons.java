package dev.waybill.cli.artifact;

import dev.waybill.core.predicate.Person;
import dev.waybill.core.problem.Problem;

/** People as git writes them: {@code NAME <EMAIL>}. */
final class Persons {
    private Persons() {}

    static Person parse(String text) {
        int open = text.lastIndexOf('<');
        if (open < 0 || !text.endsWith(">")) {
            throw new Problem.Malformed(
                            "PERSON_INVALID",
                            "Reading the person '" + text + "'",
                            "a name and an address in angle brackets are expected.",
                            "Write for example \"The Author <author@example.org>\".")
                    .exception();
        }
        return new Person(
                text.substring(0, open).strip(),
                text.substring(open + 1, text.length() - 1).strip());
    }
}
