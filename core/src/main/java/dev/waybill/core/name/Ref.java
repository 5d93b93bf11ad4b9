package dev.waybill.core.name;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;

/**
 * What a person writes to mean an artifact: a digest, {@code APP@COMMIT} (or an unambiguous prefix), {@code APP:VERSION},
 * {@code ENV/APP} (what is approved there) or {@code ENV/APP#N}. Resolved to a digest once; nothing is decided on it.
 */
public sealed interface Ref {
    record ByDigest(Digest digest) implements Ref {}

    /** {@code prefix} has 7 to 64 lower-case hex digits. */
    record ByCommit(ApplicationName application, String prefix) implements Ref {}

    record ByVersion(ApplicationName application, Version version) implements Ref {}

    record InSlot(Slot slot) implements Ref {}

    record ByRelease(ReleaseId release) implements Ref {}

    static Ref parse(String text) {
        if (text.startsWith("sha256:") || text.startsWith("sha512:")) {
            return new ByDigest(Digest.parse(text));
        }
        int at = text.lastIndexOf('@');
        if (at > 0) {
            return commitOrDigest(text, at);
        }
        if (text.indexOf('#') > 0) {
            return new ByRelease(ReleaseId.parse(text));
        }
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            return new ByVersion(new ApplicationName(text.substring(0, colon)), new Version(text.substring(colon + 1)));
        }
        if (text.indexOf('/') > 0) {
            return new InSlot(Slot.parse(text));
        }
        throw malformed(text);
    }

    private static Ref commitOrDigest(String text, int at) {
        String rest = text.substring(at + 1);
        if (rest.startsWith("sha256:") || rest.startsWith("sha512:")) {
            return new ByDigest(Digest.parse(rest));
        }
        if (!rest.matches("[0-9a-f]{7,64}")) {
            throw malformed(
                    text,
                    "behind @ stands a commit's id, 7 or more of its lower-case hex digits, or a digest; names of branches move.",
                    "Write " + text.substring(0, at) + "@COMMIT, where `git rev-parse` says what COMMIT is.");
        }
        return new ByCommit(new ApplicationName(text.substring(0, at)), rest);
    }

    private static ProblemException malformed(String text) {
        return malformed(
                text,
                "it is none of DIGEST, APP@COMMIT (7 hex digits or more), APP:VERSION, ENV/APP, ENV/APP#N.",
                "Write one of these forms.");
    }

    private static ProblemException malformed(String text, String missing, String next) {
        return new Problem.Malformed("REF_INVALID", "Reading the reference '" + text + "'", missing, next).exception();
    }
}
