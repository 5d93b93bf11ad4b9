package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed at random moments under load: what it acknowledged is there afterwards, and nothing is there by half. */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class ServerKillTest {
    private static final int CLIENTS = 4;

    @TempDir
    Path work;

    private ServerProcess server;
    private WaybillClient client;
    private Verifier verifier;
    private List<Digest> ledger = List.of();
    private final Set<Object> checked = new HashSet<>();

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void what_was_acknowledged_survives_every_kill() throws Exception {
        Kills kills = Kills.begin();
        server = ServerProcess.start(work);
        client = new LedgerLines(server).client();
        client.promotions().apply(Traffic.SHOP, Json.parse("[\"dev\"]".getBytes(UTF_8)), false);
        verifier = new Verifier(TrustRoot.read(client.ledger().trust()));
        Traffic traffic = new Traffic(client, CLIENTS, kills.seed());
        try (traffic) {
            for (int round = 1; round <= kills.rounds(); round++) {
                kills.during(round, "server", server::kill);
                server.again();
                String when = kills + ", round " + round;
                traffic.resting(() -> check(traffic, when));
            }
        }
        checked.clear();
        check(traffic, kills + ", at the end");
        assertThat(traffic.registered).as(kills + ": artifacts").hasSizeGreaterThan(kills.rounds());
        System.out.println(kills + ": " + traffic.registered.size() + " artifacts and " + traffic.logged.size()
                + " statements acknowledged, " + ledger.size() + " ledger entries");
    }

    private void check(Traffic traffic, String when) throws IOException {
        assertThat(traffic.faults).as(when + "\n" + server.said()).isEmpty();
        for (Map.Entry<CommitId, Digest> one : Map.copyOf(traffic.registered).entrySet()) {
            if (checked.add(one.getKey())) {
                whole(one.getKey(), one.getValue(), when);
            }
        }
        for (Map.Entry<Digest, Long> one : Map.copyOf(traffic.logged).entrySet()) {
            if (checked.add(one.getKey())) {
                Verified found = verifier.verify(client.ledger().bundle(one.getKey()), Question.ANY);
                assertThat(one.getValue()).as(when).isIn(-1L, found.index());
            }
        }
        goesOn(when);
        new Team(work, server).as("admin").run("ledger", "verify").done();
    }

    /** What the ledger says of registrations is true of the registry, acknowledged or not; what was said stays said. */
    private void goesOn(String when) throws IOException {
        List<LedgerLines.Line> lines = new LedgerLines(server).lines();
        List<Digest> ids = lines.stream().map(LedgerLines.Line::id).toList();
        assertThat(ids.subList(0, ledger.size())).as(when).isEqualTo(ledger);
        ledger = ids;
        Map<CommitId, Digest> commits = new HashMap<>();
        for (LedgerLines.Line line : lines) {
            if (line.type().equals(PredicateTypes.REGISTRATION)) {
                CommitId commit = new CommitId(line.predicate().path("commit").asString());
                Digest artifact = Digest.sha256Hex(
                        line.statement().at("/subject/0/digest/sha256").asString());
                assertThat(commits.put(commit, artifact))
                        .as(when + ": " + commit)
                        .isNull();
                if (checked.add(commit)) {
                    whole(commit, artifact, when);
                }
            }
        }
        LedgerLines.requireChain(lines.stream()
                .filter(l -> l.type().equals(PredicateTypes.RELEASE))
                .toList());
    }

    private void whole(CommitId commit, Digest artifact, String when) throws IOException {
        assertThat(client.artifacts()
                        .ofCommit(Traffic.SHOP, commit)
                        .orElseThrow()
                        .digest())
                .as(when + ": " + commit)
                .isEqualTo(artifact);
        Manifest manifest = Manifest.parse(
                client.registry().pullManifest(Traffic.SHOP, artifact).bytes());
        for (Descriptor layer : manifest.layers()) {
            client.registry().pullBytes(Traffic.SHOP, layer.digest(), layer.size(), 1_000_000);
        }
    }
}
