/**
 * What may go and what goes: retention by reference, not by age (law 3).
 *
 * <p>Reads the rows of registry and tag and the keeps of artifact, and takes out through registry alone, which asks again in
 * the transaction that takes out. Always true: whatever a tag, a keep, an index, a subject or a lease reaches stays; what is
 * taken out leaves a tombstone and can come back until its time is over; only then, and only when no repository refers to
 * them, do bytes leave the disk, kept apart from every push of the same digest; one run never takes out more manifests
 * than the breaker lets pass; a damaged file is put aside, so that nobody gets it and the next push heals it.
 */
@NullMarked
package dev.waybill.server.garbage;

import org.jspecify.annotations.NullMarked;
