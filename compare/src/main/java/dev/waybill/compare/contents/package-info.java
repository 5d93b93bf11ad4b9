/**
 * What files stand inside an archive, with their sha256: zip and jar, tar, tar.gz, and archives one level inside them.
 * Used to find the artifact that a file on some disk came from.
 *
 * <p>Streams: nothing is unpacked, nothing is kept in memory beyond small buffers, whatever the archive says about itself.
 * Always true: at most as many entries, bytes and levels are read as {@link dev.waybill.compare.contents.Limits} says; a
 * path that comes out is relative and has no {@code ..}; an archive that lies, ends early or explodes gives a
 * {@link dev.waybill.compare.contents.Listing} that says so, never an exception; only a broken source does.
 */
@NullMarked
package dev.waybill.compare.contents;

import org.jspecify.annotations.NullMarked;
