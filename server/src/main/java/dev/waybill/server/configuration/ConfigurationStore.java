package dev.waybill.server.configuration;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of slots' configuration: which statement each one is, and its values, sealed. */
interface ConfigurationStore {
    /** The newest version. */
    Optional<Version> newest(Tx tx, Slot slot);

    Optional<Version> find(Tx tx, Slot slot, long version);

    /** All versions, oldest first. */
    List<Version> all(Tx tx, Slot slot);

    /** Slots that have rows, of versions or of values. */
    List<Slot> slots(Tx tx);

    /** Adds a version with its sealed values by key. */
    void insert(Tx tx, Slot slot, Version version, Map<String, byte[]> sealed);

    /** The sealed values of a version, by key. */
    Map<String, byte[]> sealed(Tx tx, Slot slot, long version);

    record Version(long number, Digest statement) {}
}
