package dev.waybill.server.ledger;

import dev.waybill.api.ledger.LedgerEntries;
import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.verify.SigstoreTrustedRoot;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.tile.TileHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The ledger for others: its files, statements with their proofs, whom to trust, and the audit. */
public final class LedgerHandler {
    private static final int MAX_ENTRIES = 1000;

    private final Database database;
    private final Ledger ledger;
    private final LedgerVerify verify;

    public LedgerHandler(Database database, Ledger ledger, LedgerVerify verify) {
        this.database = database;
        this.ledger = ledger;
        this.verify = verify;
    }

    public void addTo(Routes routes) {
        Permit read = Permit.need(Permission.READ);
        new TileHandler(ledger.publisher().tiles()).addTo(routes);
        routes.get("/api/v1/statements/{id}", read, this::statement);
        routes.get("/api/v1/ledger/trust", Permit.anyone(), this::trust);
        routes.get("/api/v1/ledger/entries", read, this::entries);
        routes.post("/api/v1/ledger/verify", read, call -> call.json(verify.run()));
    }

    /** A sigstore bundle with the inclusion proof; stock cosign verifies it. */
    private void statement(Call call) {
        Digest id = call.path("id", text -> text.contains(":") ? Digest.parse(text) : Digest.sha256Hex(text));
        byte[] bundle = BundleWriter.write(ledger.prove(id), ledger.keys().log().verifier());
        call.send(200, Bundle.MEDIA_TYPE, bundle);
    }

    private void trust(Call call) {
        KeyRegister register = ledger.register();
        TrustRoot trust = database.read(register::trustRoot);
        switch (call.query("format", format -> format).orElse("waybill")) {
            case "waybill" -> call.send(200, "application/json", trust.write());
            case "sigstore" -> call.send(200, "application/json", SigstoreTrustedRoot.write(trust, started()));
            case "vkey" ->
                call.send(
                        200, "text/plain; charset=utf-8", (trust.currentLog() + "\n").getBytes(StandardCharsets.UTF_8));
            case "pem" -> call.send(200, "application/x-pem-file", pem(call, trust));
            default ->
                throw new Problem.Malformed(
                                "TRUST_FORMAT",
                                "Asking whom to trust",
                                "formats are waybill, sigstore, vkey and pem.",
                                "Leave ?format away for waybill's own.")
                        .exception();
        }
    }

    /** The server's own key of one role, as {@code cosign --key} takes it. */
    private byte[] pem(Call call, TrustRoot trust) {
        KeyRole role = call.query("role", KeyRole::parse).orElse(KeyRole.RECORD);
        return trust.keys().stream()
                .filter(key -> key.role() == role && key.holder().equals(Ledger.SERVER))
                .filter(key -> key.validity().until() == null)
                .map(key -> PublicKeys.toPem(key.spki()).getBytes(StandardCharsets.US_ASCII))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new Problem.NotFound(
                                "KEY_UNKNOWN",
                                "Looking for the server's key for " + role.label(),
                                "the server has none in service.",
                                "The server's own roles are ingest, verdict and record.")
                        .exception());
    }

    private Instant started() {
        List<Entry> first = database.read(tx -> ledger.after(tx, -1, 1));
        return first.isEmpty() ? Instant.EPOCH : first.getFirst().at();
    }

    /** Entries after an index; with {@code wait} it waits for the first of them. */
    private void entries(Call call) {
        long after = call.query("after", text -> number("after", text)).orElse(-1L);
        long limit = call.query("limit", text -> number("limit", text)).orElse(100L);
        ledger.awaitGrowth(after + 1, call.waitFor());
        List<Entry> found = database.read(tx -> ledger.after(tx, after, Math.clamp(limit, 1, MAX_ENTRIES)));
        call.json(new LedgerEntries(
                database.read(ledger::size),
                found.stream().map(LedgerHandler::shown).toList()));
    }

    private static LedgerEntries.Entry shown(Entry entry) {
        JsonNode statement = Json.parse(entry.signed().payload());
        String predicateType = entry.statement().predicateType();
        return new LedgerEntries.Entry(entry.index(), entry.id().hex(), entry.at(), predicateType, statement);
    }

    private static Long number(String name, String text) {
        if (!text.matches("-1|[0-9]{1,18}")) {
            throw new Problem.Malformed(
                            "NUMBER_INVALID",
                            "Reading the query parameter " + name,
                            "'" + text + "' is no number.",
                            "Send a whole number, or leave it away.")
                    .exception();
        }
        return Long.valueOf(text);
    }
}
