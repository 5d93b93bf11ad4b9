/**
 * Signed notes and checkpoints (C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-cosignature v1.1.0): the few lines
 * that say how large the ledger is and what its root is, signed with Ed25519 by the log and again by witnesses.
 *
 * <p>Pure, no clock: who cosigns passes the time. The server signs, agents and the command line verify and cosign. Always
 * true: a checkpoint comes out of {@link dev.waybill.core.note.LogIdentity#open} only after the log's own signature over
 * exactly these bytes verified; signatures of unknown keys are ignored, a bad one of a known key refuses the note.
 */
@NullMarked
package dev.waybill.core.note;

import org.jspecify.annotations.NullMarked;
