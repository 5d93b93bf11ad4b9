package dev.waybill.server.tag;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tags may move. A tag is immutable, also after it was removed: the name of a release never comes to mean other
 * bytes. Exempt are repositories under a floating prefix, the fallback tags of the referrers API, and what an operator gave
 * another class.
 *
 * @param floating prefixes of repository names, for example {@code scratch/}
 * @param classes the first that matches a tag holds
 */
public record TagRules(List<String> floating, List<TagPattern> classes) {
    public static final TagRules DEFAULT = new TagRules(List.of("conformance/", "scratch/"), List.of());

    private static final Pattern SUBJECT = Pattern.compile("sha256-([0-9a-f]{64})(\\.(sig|att|sbom))?");

    public TagRules {
        floating = List.copyOf(floating);
        classes = List.copyOf(classes);
    }

    /** The same with classes of an operator's. */
    public TagRules with(List<TagPattern> more) {
        return new TagRules(floating, more);
    }

    /** The names that bytes have. */
    interface Names {
        List<Version> of(Digest digest);
    }

    TagClass classOf(ApplicationName repository, Version tag) {
        if (floats(repository) || isFallback(tag)) {
            return TagClass.FLOATING;
        }
        return classes.stream()
                .filter(c -> c.matches(repository, tag))
                .map(TagPattern::is)
                .findFirst()
                .orElse(TagClass.IMMUTABLE);
    }

    /** A repository for trying things: tags move, manifests may be sparse, nothing registers itself. */
    public boolean floats(ApplicationName repository) {
        return floating.stream().anyMatch(repository.value()::startsWith);
    }

    /** {@code TAG_IMMUTABLE}, {@code TAG_RETIRED} or {@code TAG_NOT_FORWARD} if the tag may not point there. */
    void require(ApplicationName repository, Version tag, TagState now, Digest target, Names names) {
        Digest last = now.last();
        TagClass is = classOf(repository, tag);
        if (is == TagClass.FORWARD) {
            requireForward(repository, tag, last, target, names);
            return;
        }
        if (last == null || last.equals(target) || is == TagClass.FLOATING) {
            return;
        }
        if (now.digest() != null) {
            throw new Problem.Refused(
                            "TAG_IMMUTABLE",
                            "Moving the tag " + repository + ":" + tag + " to " + target,
                            "it names " + last + ", and tags here do not move.",
                            "Choose another tag: a version names the same bytes for ever.")
                    .exception();
        }
        throw new Problem.Refused(
                        "TAG_RETIRED",
                        "Setting the tag " + repository + ":" + tag + " to " + target,
                        "it was removed, but it named " + last + " and will never name anything else.",
                        "Choose another tag.")
                .exception();
    }

    /**
     * The manifest for which a fallback tag or one of cosign's stands. That of a sha512 is cut after 64 digits and names no
     * subject that could be asked for: it keeps as any tag does.
     */
    public static Optional<Digest> subject(Version tag) {
        Matcher fallback = SUBJECT.matcher(tag.value());
        return fallback.matches() ? Optional.of(Digest.parse("sha256:" + fallback.group(1))) : Optional.empty();
    }

    /** Compared are the versions that bytes have by tags that never move, so that an alias proves nothing about itself. */
    private void requireForward(
            ApplicationName repository, Version tag, @Nullable Digest last, Digest target, Names names) {
        ReleaseNumber to = number(repository, target, names)
                .filter(number -> number.goesBy(tag))
                .orElseThrow(() -> notForward(
                        repository, tag, target, "those bytes have no version " + tag + " could stand for."));
        if (last == null || last.equals(target)) {
            return;
        }
        Optional<ReleaseNumber> from = number(repository, last, names);
        if (from.isPresent() && from.get().compareTo(to) >= 0) {
            throw notForward(repository, tag, target, "it stands at a version that is not lower.");
        }
    }

    private Optional<ReleaseNumber> number(ApplicationName repository, Digest digest, Names names) {
        return ReleaseNumber.highest(names.of(digest).stream()
                .filter(name -> classOf(repository, name) == TagClass.IMMUTABLE)
                .toList());
    }

    private static RuntimeException notForward(ApplicationName repository, Version tag, Digest target, String missing) {
        return new Problem.Refused(
                        "TAG_NOT_FORWARD",
                        "Moving the alias " + repository + ":" + tag + " to " + target,
                        missing,
                        "Give the bytes a higher version first (`waybill tag REF 1.2.3`); an alias only goes forward.")
                .exception();
    }

    /** distribution-spec, "Referrers Tag Schema": {@code <algorithm, at most 32>-<encoded, at most 64>}, perhaps with cosign's suffix. */
    public static boolean isFallback(Version tag) {
        return tag.value().matches("sha(256|512)-[0-9a-f]{64}(\\.(sig|att|sbom))?");
    }
}
