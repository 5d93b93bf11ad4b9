package dev.waybill.doctor.shell;

import dev.waybill.doctor.source.Place;
import java.util.List;
import java.util.Map;

/**
 * One simple command.
 *
 * @param words program and arguments, quotes removed, variables as written
 * @param assigned {@code NAME=value} before the program, or alone
 * @param under the commands whose outcome decides whether this one runs
 * @param pipedTo the program that reads its output, or empty
 * @param remote runs on another machine
 */
public record Command(
        List<String> words,
        Map<String, String> assigned,
        Place place,
        List<Command> under,
        String pipedTo,
        boolean remote) {
    public String program() {
        return words.isEmpty() ? "" : words.getFirst();
    }

    public String text() {
        return String.join(" ", words);
    }

    Command saying(List<String> other) {
        return new Command(other, assigned, place, under, pipedTo, remote);
    }
}
