package dev.waybill.server.page;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param who the actor's name, null when nobody is logged in
 * @param path the path of this page, for coming back after logging in
 * @param search what stands in the search field
 * @param admin true for who administers the whole server
 * @param now when the page was made; every "ago" on it counts from here
 */
public record Frame(String title, @Nullable String who, String path, String search, boolean admin, Instant now) {
    private static final Pattern INSTANT =
            Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z\\b");

    public When when(Instant at) {
        return When.of(at, now);
    }

    /**
     * A part of a sentence: plain words, something to type, or a time.
     *
     * @param when for a time, which {@code text} says as people read it: {@code 14:02 UTC}, with the date when it was
     *     another day
     */
    public record Piece(String text, boolean code, @Nullable When when) {}

    /** A sentence in its parts. What only looks like a time stays as it is written, and so does what is to be typed. */
    public List<Piece> pieces(String sentence) {
        List<Piece> pieces = new ArrayList<>();
        for (Words.Piece piece : Words.pieces(sentence)) {
            if (piece.code()) {
                pieces.add(new Piece(piece.text(), true, null));
            } else {
                addTimed(pieces, piece.text());
            }
        }
        return pieces;
    }

    private void addTimed(List<Piece> pieces, String words) {
        Matcher found = INSTANT.matcher(words);
        int done = 0;
        while (found.find()) {
            When when = time(found.group());
            if (when != null) {
                pieces.add(new Piece(words.substring(done, found.start()), false, null));
                pieces.add(new Piece(when.clock() + " UTC", false, when));
                done = found.end();
            }
        }
        pieces.add(new Piece(words.substring(done), false, null));
    }

    private @Nullable When time(String text) {
        try {
            return when(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Path of a stylesheet or script; it changes with the content, so that browsers may keep it for ever. */
    public String asset(String name) {
        return Assets.path(name);
    }
}
