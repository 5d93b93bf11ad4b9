/**
 * The files that are read, and places in them.
 *
 * <p>Everything above asks a {@link dev.waybill.doctor.source.SourceTree} for text by path; only {@code FileSourceTree}
 * touches a disk. Always true: paths are relative, separated by slashes and never lead out of the tree; a file that is
 * too large, unreadable or no text is a note with its place, never a failure.
 */
@NullMarked
package dev.waybill.doctor.source;

import org.jspecify.annotations.NullMarked;
