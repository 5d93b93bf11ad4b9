/**
 * Bytes that can be read anywhere and again, within limits: files, parts of files, memory, and what comes out of a
 * decompressor.
 *
 * <p>The format rooms read through these. Always true: nothing larger than {@value
 * dev.waybill.compare.bytes.Scratch#IN_MEMORY} bytes is held in memory whole, what is larger lies in a private directory
 * that {@link dev.waybill.compare.bytes.Scratch#close} deletes; whatever an archive claims, no more bytes come out of it
 * than {@link dev.waybill.compare.bytes.Bounds} allow, and meeting a bound is said
 * ({@link dev.waybill.compare.bytes.BoundMet}), never passed over.
 */
@NullMarked
package dev.waybill.compare.bytes;

import org.jspecify.annotations.NullMarked;
