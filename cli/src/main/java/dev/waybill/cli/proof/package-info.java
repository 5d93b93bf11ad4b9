/**
 * What can be checked without believing the server: proof files, the ledger as others may read it. Called by auditors as
 * well as by the team. Always true: a verdict rests on keys that the reader brought or pinned before, never on keys that came
 * with what is verified.
 */
@NullMarked
package dev.waybill.cli.proof;

import org.jspecify.annotations.NullMarked;
