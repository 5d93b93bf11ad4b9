/**
 * Tar in its dialects: v7, ustar, GNU, pax (POSIX.1-2017, pax).
 *
 * <p>Each block belongs to an entry's header, data or padding, or to the end. Always true: modes, owners, links, devices and
 * extended attributes are parts of their own, so that no rule about times or dialects can hide them; bytes behind the end
 * and in padding are looked at.
 */
@NullMarked
package dev.waybill.compare.tar;

import org.jspecify.annotations.NullMarked;
