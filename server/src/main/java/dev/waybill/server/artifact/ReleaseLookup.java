package dev.waybill.server.artifact;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** What releases say about digests; the room of promotions supplies it, so that references to them can be resolved here. */
public interface ReleaseLookup {
    /** What is approved there: the artifact of the newest release, whether it runs or failed. */
    Optional<Digest> approved(Tx tx, Slot slot);

    /** The statements of the releases of which one may still run there: what a failed one was to replace runs on. */
    List<Digest> mayRun(Tx tx, Slot slot);

    Optional<Digest> of(Tx tx, ReleaseId release);

    /** For a server without that room. */
    ReleaseLookup NONE = new ReleaseLookup() {
        @Override
        public Optional<Digest> approved(Tx tx, Slot slot) {
            return Optional.empty();
        }

        @Override
        public List<Digest> mayRun(Tx tx, Slot slot) {
            return List.of();
        }

        @Override
        public Optional<Digest> of(Tx tx, ReleaseId release) {
            return Optional.empty();
        }
    };
}
