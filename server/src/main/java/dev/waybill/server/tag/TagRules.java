package dev.waybill.server.tag;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tags may move. A tag is immutable, also after it was removed: the name of a release never comes to mean other
 * bytes. Exempt are repositories under a floating prefix and the fallback tags of the referrers API.
 *
 * @param floating prefixes of repository names, for example {@code scratch/}
 */
public record TagRules(List<String> floating) {
    public static final TagRules DEFAULT = new TagRules(List.of("conformance/", "scratch/"));

    private static final Pattern SUBJECT = Pattern.compile("sha256-([0-9a-f]{64})(\\.(sig|att|sbom))?");

    public TagRules {
        floating = List.copyOf(floating);
    }

    /** A repository for trying things: tags move, manifests may be sparse, nothing registers itself. */
    public boolean floats(ApplicationName repository) {
        return floating.stream().anyMatch(repository.value()::startsWith);
    }

    /** {@code TAG_IMMUTABLE} or {@code TAG_RETIRED} if the tag may not point there. */
    void require(ApplicationName repository, Version tag, TagState now, Digest target) {
        Digest last = now.last();
        if (last == null || last.equals(target) || floats(repository) || isFallback(tag)) {
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

    /** distribution-spec, "Referrers Tag Schema": {@code <algorithm, at most 32>-<encoded, at most 64>}, perhaps with cosign's suffix. */
    private static boolean isFallback(Version tag) {
        return tag.value().matches("sha(256|512)-[0-9a-f]{64}(\\.(sig|att|sbom))?");
    }
}
