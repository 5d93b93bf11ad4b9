/**
 * Single compressed streams: gzip (RFC 1952), bzip2, xz, zstd (RFC 8878), lz4 frames.
 *
 * <p>A stream's form is its content, what its header says, and the packed bytes as residue. Always true: what stands behind
 * the last frame or in frames that decoders skip is a part of its own; a stream whose checksum is wrong is unreadable.
 */
@NullMarked
package dev.waybill.compare.codec;

import org.jspecify.annotations.NullMarked;
