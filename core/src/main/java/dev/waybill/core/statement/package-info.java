/**
 * Signed facts: in-toto Statement v1 in a DSSE envelope with exactly one ECDSA P-256 signature. The identity of a
 * statement is the sha256 of its payload, never of an envelope around it.
 */
@NullMarked
package dev.waybill.core.statement;

import org.jspecify.annotations.NullMarked;
