package dev.waybill.doctor.effect;

import dev.waybill.doctor.model.Environments;
import java.util.Locale;
import java.util.regex.Pattern;

/** How firmly a reference is tied to bytes. A text is as firm as its firmest part: {@code main-<commit>} is unique. */
public enum Mutability {
    UNIQUE,
    VERSION,
    UNKNOWN,
    MOVING;

    private static final Pattern FIRM = Pattern.compile(
            "(?i)@sha256:|digest|sha\\b|_sha|sha_|\\.sha|commit|git_hash|githash|revision|build[._-]?(id|number|num)|run[._-]?(id|number)|pipeline_i?id|timestamp|date\\b|\\b[0-9a-f]{40}\\b");
    private static final Pattern VERSIONED =
            Pattern.compile("(?i)version|release[._-]?tag|git_tag|commit_tag|tag_name|\\bv?\\d+\\.\\d+");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)event\\.number|pull_request\\.number|pr_number|outputs\\.pr\\b|ref_name|ref_slug|branch");

    /** @param reference a tag, or an image with one */
    public static Mutability of(String reference) {
        if (FIRM.matcher(reference).find()) {
            return UNIQUE;
        }
        String tag = reference.contains("/") || reference.matches("[\\w.-]+:[\\w.-]+")
                ? reference.substring(reference.lastIndexOf(':') + 1)
                : reference;
        String lower = tag.toLowerCase(Locale.ROOT);
        if (lower.matches("latest|main|master|stable|edge|nightly|trunk|develop|.*-latest|latest-.*")
                || NAMED.matcher(tag).find()) {
            return MOVING;
        }
        if (lower.matches("[a-z-]+") && Environments.strong(lower).isPresent() && lower.length() < 16) {
            return MOVING;
        }
        return VERSIONED.matcher(tag).find() ? VERSION : UNKNOWN;
    }
}
