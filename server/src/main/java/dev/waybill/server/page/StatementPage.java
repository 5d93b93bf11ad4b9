package dev.waybill.server.page;

import dev.waybill.core.json.Json;
import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement for people: its JSON, who signed it, and the path from its leaf to the root.
 *
 * @param artifacts those of its subjects that are registered artifacts
 */
public record StatementPage(Logged logged, Instant at, String signer, String says, Set<Digest> artifacts) {
    /** @param artifact true when the digest is that of a registered artifact */
    public record About(@Nullable String name, @Nullable Digest digest, String text, boolean artifact) {}

    public long index() {
        return logged.index();
    }

    public Digest id() {
        return logged.signed().id();
    }

    public String type() {
        return statement().predicateType();
    }

    public String json() {
        return Json.pretty(Json.parse(logged.signed().payload()));
    }

    public List<About> subjects() {
        return statement().subject().stream().map(this::about).toList();
    }

    private About about(Subject subject) {
        Optional<Digest> digest = subject.sha256();
        String text = digest.map(Digest::toString)
                .orElseGet(() -> subject.digest().entrySet().stream()
                        .map(e -> e.getKey() + ":" + e.getValue())
                        .findFirst()
                        .orElse("no digest"));
        return new About(
                subject.name(),
                digest.orElse(null),
                text,
                digest.filter(artifacts::contains).isPresent());
    }

    public String keyId() {
        return logged.signed().keyId();
    }

    /** What docs/verify-without-waybill.md calls the file with the key of this role. */
    public String keyFile() {
        return KeyRole.INGEST.maySay(type())
                ? "ingest.pub"
                : KeyRole.VERDICT.maySay(type())
                        ? "verdict.pub"
                        : KeyRole.RECORD.maySay(type()) ? "record.pub" : "agent.pub";
    }

    public String firstDigest() {
        return statement().subject().stream()
                .flatMap(subject -> subject.sha256().stream())
                .map(Digest::hex)
                .findFirst()
                .orElse("HEX");
    }

    public String leaf() {
        return Hash.leaf(Leaf.of(logged.signed())).toString();
    }

    public long treeSize() {
        return logged.proof().size();
    }

    public List<String> hashes() {
        return logged.proof().hashes().stream().map(Hash::toString).toList();
    }

    public String checkpoint() {
        return logged.checkpoint();
    }

    private Statement statement() {
        return logged.signed().statement();
    }
}
