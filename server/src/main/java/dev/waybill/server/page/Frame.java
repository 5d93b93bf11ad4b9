package dev.waybill.server.page;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every page.
 *
 * @param who the actor's name, null when nobody is logged in
 * @param path the path of this page, for coming back after logging in
 * @param search what stands in the search field
 * @param now when the page was made; every "ago" on it counts from here
 */
public record Frame(String title, @Nullable String who, String path, String search, Instant now) {
    private static final Pattern INSTANT =
            Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z\\b");

    public When when(Instant at) {
        return When.of(at, now);
    }

    /** A sentence with its times as people read them: {@code 14:02 UTC}, with the date when it was another day. */
    public String told(String sentence) {
        return INSTANT.matcher(sentence).replaceAll(found -> told(found.group(), now));
    }

    /** What only looks like a time stays as it is written. */
    private static String told(String text, Instant now) {
        try {
            return When.of(Instant.parse(text), now).clock() + " UTC";
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    /** Path of a stylesheet or script; it changes with the content, so that browsers may keep it for ever. */
    public String asset(String name) {
        return Assets.path(name);
    }
}
