/**
 * The content-addressed store: bytes under their digest, uploads that survive a restart. One global store; who may see
 * which digest is decided above ({@code registry/}), never here. Knows no room.
 *
 * <p>Always true: bytes are durable under their digest before anyone is told so (temporary file on the same file system,
 * fsync, digest checked, rename, fsync of the directory); a crash leaves an unfinished upload, never a blob with other
 * bytes; a store that runs full refuses with {@code DISK_FULL} and keeps what it has.
 */
@NullMarked
package dev.waybill.server.blob;

import org.jspecify.annotations.NullMarked;
