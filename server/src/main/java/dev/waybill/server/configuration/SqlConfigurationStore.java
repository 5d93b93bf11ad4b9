package dev.waybill.server.configuration;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Configuration in SQL. What a version says stands in its statement and nowhere else; the rows add the sealed values. */
final class SqlConfigurationStore implements ConfigurationStore {
    private static final String SELECT = "SELECT version, statement FROM configuration WHERE slot = :slot ";

    @Override
    public Optional<Version> newest(Tx tx, Slot slot) {
        return tx.handle()
                .createQuery(SELECT + "ORDER BY version DESC LIMIT 1")
                .bind("slot", slot.toString())
                .map((row, context) -> version(row))
                .findOne();
    }

    @Override
    public Optional<Version> find(Tx tx, Slot slot, long version) {
        return tx.handle()
                .createQuery(SELECT + "AND version = :version")
                .bind("slot", slot.toString())
                .bind("version", version)
                .map((row, context) -> version(row))
                .findOne();
    }

    @Override
    public List<Version> all(Tx tx, Slot slot) {
        return tx.handle()
                .createQuery(SELECT + "ORDER BY version")
                .bind("slot", slot.toString())
                .map((row, context) -> version(row))
                .list();
    }

    @Override
    public List<Slot> slots(Tx tx) {
        return tx.handle()
                .createQuery("SELECT slot FROM configuration UNION SELECT slot FROM configuration_value ORDER BY slot")
                .map((row, context) -> Slot.parse(row.getString("slot")))
                .list();
    }

    @Override
    public void insert(Tx tx, Slot slot, Version version, Map<String, byte[]> sealed) {
        tx.handle()
                .execute(
                        "INSERT INTO configuration (slot, version, statement) VALUES (?, ?, ?)",
                        slot.toString(),
                        version.number(),
                        version.statement().toString());
        sealed.forEach((name, bytes) -> tx.handle()
                .execute(
                        "INSERT INTO configuration_value (slot, version, name, sealed) VALUES (?, ?, ?, ?)",
                        slot.toString(),
                        version.number(),
                        name,
                        bytes));
    }

    @Override
    public Map<String, byte[]> sealed(Tx tx, Slot slot, long version) {
        Map<String, byte[]> sealed = new TreeMap<>();
        tx.handle()
                .createQuery("SELECT name, sealed FROM configuration_value WHERE slot = :slot AND version = :version")
                .bind("slot", slot.toString())
                .bind("version", version)
                .map((row, context) -> sealed.put(row.getString("name"), row.getBytes("sealed")))
                .list();
        return sealed;
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(row.getLong("version"), Digest.parse(row.getString("statement")));
    }
}
