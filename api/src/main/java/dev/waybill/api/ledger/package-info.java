/**
 * Entries of the ledger and what its audit found, on the wire. Shape only; the server's ledger room decides. Shared by
 * server and command line. Always true: an index is a place in the ledger, from 0 and without gaps; whoever needs proof
 * fetches the statement's bundle and verifies it, for nothing here is signed.
 */
@NullMarked
package dev.waybill.api.ledger;

import org.jspecify.annotations.NullMarked;
