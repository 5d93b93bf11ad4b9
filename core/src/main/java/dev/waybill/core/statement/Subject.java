package dev.waybill.core.statement;

import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is about (in-toto ResourceDescriptor). Matched by digest only, never by {@code name}; of the digest set
 * only {@code sha256} and {@code gitCommit} are read, as the specification demands of algorithms a consumer does not accept.
 */
public record Subject(@Nullable String name, Map<String, String> digest) {
    public Subject {
        digest = Map.copyOf(digest);
    }

    public static Subject of(String name, Digest digest) {
        return new Subject(name, Map.of(digest.algorithm().label(), digest.hex()));
    }

    public static Subject of(String name, CommitId commit) {
        return new Subject(name, Map.of("gitCommit", commit.value()));
    }

    /** The sha256, if it is there and well formed: exact lower-case hex, nothing normalised. */
    public Optional<Digest> sha256() {
        String hex = digest.get("sha256");
        return hex != null && hex.matches("[0-9a-f]{64}") ? Optional.of(Digest.sha256Hex(hex)) : Optional.empty();
    }
}
