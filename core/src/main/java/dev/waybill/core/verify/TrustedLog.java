package dev.waybill.core.verify;

import dev.waybill.core.note.NoteKey;
import org.jspecify.annotations.Nullable;

/**
 * A key of the ledger. The origin is the key's name.
 *
 * @param until the largest checkpoint that this key may sign, null while it is in use
 */
public record TrustedLog(NoteKey key, @Nullable Long until) {
    boolean maySign(long size) {
        return until == null || size <= until;
    }
}
