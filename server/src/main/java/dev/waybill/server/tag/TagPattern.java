package dev.waybill.server.tag;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Glob;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code REPOSITORY:TAG=CLASS}: the class of the tags that both patterns match; {@code *} stands for any characters, in a
 * repository's name also for its slashes.
 */
public record TagPattern(String repository, String tag, TagClass is) {
    private static final Pattern SHAPE = Pattern.compile("([a-z0-9._/*-]{1,200}):([A-Za-z0-9._*-]{1,128})=([a-z]+)");

    /** {@code TAG_CLASS_INVALID}. */
    public static TagPattern parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "it is not written as REPOSITORY:TAG=CLASS.");
        }
        return new TagPattern(
                matcher.group(1),
                matcher.group(2),
                TagClass.parse(matcher.group(3))
                        .orElseThrow(() -> invalid(text, "'" + matcher.group(3) + "' is no class.")));
    }

    private static RuntimeException invalid(String text, String missing) {
        return new Problem.Malformed(
                        "TAG_CLASS_INVALID",
                        "Reading the class of tags '" + text + "'",
                        missing,
                        "Write for example *:latest=forward or shop:nightly-*=floating; the classes are immutable,"
                                + " forward and floating.")
                .exception();
    }

    boolean matches(ApplicationName name, Version version) {
        return Glob.matches(repository, name.value()) && Glob.matches(tag, version.value());
    }
}
