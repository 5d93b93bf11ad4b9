package dev.waybill.server.ledger;

import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Locks;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tile.Head;
import dev.waybill.server.tile.LeafRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger in SQL; the tree's row is written before the entry, so that of two racing appends one loses and runs again. */
final class SqlLedgerStore implements LedgerStore {
    private static final String ENTRIES = "SELECT e.idx, e.statement_sha256, e.at, s.payload, s.signature, s.public_key"
            + " FROM ledger_entry e JOIN ledger_statement s ON s.sha256 = e.statement_sha256";

    @Override
    public Head head(Tx tx) {
        return tx.handle()
                .createQuery("SELECT size, root, compact_range FROM ledger_tree WHERE id = 1")
                .map((row, context) -> head(row))
                .findOne()
                .orElseThrow(() -> damaged("it is not there"));
    }

    private static Head head(ResultSet row) throws SQLException {
        try {
            return new Head(
                    row.getLong("size"),
                    Hash.parse(row.getString("root")),
                    CompactRange.parse(Base64.getDecoder().decode(row.getString("compact_range"))));
        } catch (ProblemException e) {
            throw damaged(e.problem().missing());
        } catch (IllegalArgumentException e) {
            throw damaged("its compact range is no base64");
        }
    }

    private static ProblemException damaged(String what) {
        return new Problem.Unavailable(
                        "LEDGER_DAMAGED",
                        "Reading the ledger's tree from its one row in ledger_tree",
                        "somebody changed it (" + what.replaceFirst("\\.$", "") + ").",
                        "Keep the database as evidence and restore it from the newest backup, together with the ledger"
                                + " directory.")
                .exception();
    }

    @Override
    public void takeTurn(Tx tx) {
        Locks.appendTurn(tx);
    }

    @Override
    public void insert(Tx tx, Addition addition) {
        writeTree(tx, addition.grown());
        LeafRow leaf = addition.leaf();
        tx.handle()
                .createUpdate("INSERT INTO ledger_entry (idx, leaf_hash, body, statement_sha256, predicate_type, at)"
                        + " VALUES (:idx, :hash, :body, :sha256, :type, :at)")
                .bind("idx", leaf.index())
                .bind("hash", leaf.hash().bytes())
                .bind("body", leaf.body())
                .bind("sha256", leaf.statement().hex())
                .bind("type", leaf.predicateType())
                .bind("at", addition.entry().at().toEpochMilli())
                .execute();
        Signed signed = addition.entry().signed();
        tx.handle()
                .createUpdate("INSERT INTO ledger_statement (sha256, payload, signature, public_key)"
                        + " VALUES (:sha256, :payload, :signature, :publicKey)")
                .bind("sha256", signed.id().hex())
                .bind("payload", signed.payload())
                .bind("signature", signed.signature())
                .bind("publicKey", signed.publicKey())
                .execute();
        for (Digest subject : addition.subjects()) {
            tx.handle()
                    .execute(
                            "INSERT INTO ledger_subject (digest, predicate_type, idx) VALUES (?, ?, ?)",
                            subject.toString(),
                            leaf.predicateType(),
                            leaf.index());
        }
    }

    private static void writeTree(Tx tx, CompactRange grown) {
        int changed = tx.handle()
                .createUpdate("UPDATE ledger_tree SET size = :size, root = :root, compact_range = :range"
                        + " WHERE id = 1 AND size = :size - 1")
                .bind("size", grown.size())
                .bind("root", grown.root().toString())
                .bind("range", Base64.getEncoder().encodeToString(grown.serialise()))
                .execute();
        if (changed != 1) {
            throw new IllegalStateException("The ledger's tree is not at size " + (grown.size() - 1));
        }
    }

    @Override
    public Optional<Entry> find(Tx tx, Digest statementId) {
        return tx.handle()
                .createQuery(ENTRIES + " WHERE e.statement_sha256 = :sha256")
                .bind("sha256", statementId.hex())
                .map((row, context) -> entry(row))
                .findOne();
    }

    @Override
    public List<Entry> about(Tx tx, Digest subject, String predicateType) {
        return tx.handle()
                .createQuery(ENTRIES + " JOIN ledger_subject b ON b.idx = e.idx"
                        + " WHERE b.digest = :digest AND b.predicate_type = :type ORDER BY e.idx")
                .bind("digest", subject.toString())
                .bind("type", predicateType)
                .map((row, context) -> entry(row))
                .list();
    }

    @Override
    public List<Entry> after(Tx tx, Optional<String> predicateType, long index, int limit) {
        var query = tx.handle()
                .createQuery(ENTRIES + " WHERE e.idx > :idx"
                        + (predicateType.isPresent() ? " AND e.predicate_type = :type" : "")
                        + " ORDER BY e.idx LIMIT :limit")
                .bind("idx", index)
                .bind("limit", limit);
        predicateType.ifPresent(type -> query.bind("type", type));
        return query.map((row, context) -> entry(row)).list();
    }

    @Override
    public List<LeafRow> leaves(Tx tx, long from, int limit) {
        return tx.handle()
                .createQuery("SELECT idx, leaf_hash, body, statement_sha256, predicate_type FROM ledger_entry"
                        + " WHERE idx >= :idx ORDER BY idx LIMIT :limit")
                .bind("idx", from)
                .bind("limit", limit)
                .map((row, context) -> new LeafRow(
                        row.getLong("idx"),
                        Hash.of(row.getBytes("leaf_hash")),
                        row.getBytes("body"),
                        Digest.sha256Hex(row.getString("statement_sha256")),
                        row.getString("predicate_type")))
                .list();
    }

    @Override
    public Map<Long, Set<String>> subjects(Tx tx, long from, long to) {
        Map<Long, Set<String>> found = new HashMap<>();
        tx.handle()
                .createQuery("SELECT idx, digest, predicate_type FROM ledger_subject WHERE idx >= :from AND idx < :to")
                .bind("from", from)
                .bind("to", to)
                .map((row, context) ->
                        Map.entry(row.getLong("idx"), row.getString("digest") + " " + row.getString("predicate_type")))
                .forEach(row -> found.computeIfAbsent(row.getKey(), idx -> new HashSet<>())
                        .add(row.getValue()));
        return found;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("idx"),
                Digest.sha256Hex(row.getString("statement_sha256")),
                new Signed(row.getBytes("payload"), row.getBytes("signature"), row.getBytes("public_key")),
                Instant.ofEpochMilli(row.getLong("at")));
    }
}
