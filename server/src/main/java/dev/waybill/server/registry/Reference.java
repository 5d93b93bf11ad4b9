package dev.waybill.server.registry;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;

/** What names a manifest in a path: its digest, or a tag. Text with a colon is a digest or wrong, never a tag. */
public sealed interface Reference {
    record ByDigest(Digest digest) implements Reference {
        @Override
        public String toString() {
            return digest.toString();
        }
    }

    record ByTag(Version tag) implements Reference {
        @Override
        public String toString() {
            return tag.toString();
        }
    }

    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? new ByDigest(Digest.parse(text)) : new ByTag(tag(text));
    }

    /** distribution-spec: {@code [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}}. */
    static Version tag(String text) {
        try {
            return new Version(text);
        } catch (ProblemException e) {
            throw new Problem.Malformed(
                            "TAG_INVALID",
                            e.problem().tried(),
                            e.problem().missing(),
                            e.problem().next())
                    .exception();
        }
    }
}
