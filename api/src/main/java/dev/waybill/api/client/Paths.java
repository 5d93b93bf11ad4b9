package dev.waybill.api.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builds request paths; whatever comes from people is percent-encoded here and only here. */
final class Paths {
    private final StringBuilder path;
    private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");

    private Paths(String start) {
        this.path = new StringBuilder(start);
    }

    /** @param start a fixed path, such as {@code /api/v1/agents} */
    static Paths at(String start) {
        return new Paths(start);
    }

    /** One segment; a {@code /} inside an application's name becomes {@code %2F} and stays one segment. */
    Paths with(Object segment) {
        path.append('/').append(encode(segment.toString()));
        return this;
    }

    /** Leaves the parameter out when there is no value. */
    Paths query(String name, @Nullable Object value) {
        if (value != null) {
            query.add(name + "=" + encode(value.toString()));
        }
        return this;
    }

    Paths waiting(Duration wait) {
        return wait.isZero() ? this : query("wait", wait.toSeconds());
    }

    @Override
    public String toString() {
        return path + query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
