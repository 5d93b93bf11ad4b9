package dev.waybill.server.ui;

import java.time.Instant;
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
    public When when(Instant at) {
        return When.of(at, now);
    }

    public Frame titled(String other) {
        return new Frame(other, who, path, search, now);
    }

    /** Path of a stylesheet or script; it changes with the content, so that browsers may keep it for ever. */
    public String asset(String name) {
        return Assets.path(name);
    }
}
