package dev.waybill.server.artifact;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.Optional;

/** What releases say about digests; the room of promotions supplies it, so that references to them can be resolved here. */
public interface ReleaseLookup {
    /** What is approved there now: the artifact of the newest release. */
    Optional<Digest> current(Tx tx, Slot slot);

    Optional<Digest> of(Tx tx, ReleaseId release);

    /** For a server without that room. */
    ReleaseLookup NONE = new ReleaseLookup() {
        @Override
        public Optional<Digest> current(Tx tx, Slot slot) {
            return Optional.empty();
        }

        @Override
        public Optional<Digest> of(Tx tx, ReleaseId release) {
            return Optional.empty();
        }
    };
}
