package dev.waybill.core.policy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Predicate;

/**
 * A statement that was verified (signature, role of the key, inclusion in the ledger, subject) before it came here.
 *
 * @param id the statement's identity
 * @param index its place in the ledger, from 0: the only order of facts that nobody can choose
 */
public record Fact<P extends Predicate>(Digest id, long index, P says) {}
