/** {@code waybill registry}: why bytes are kept, what uses the disk, what goes and what comes back, and whole
 * repositories on their way out and in. */
@NullMarked
package dev.waybill.cli.registry;

import org.jspecify.annotations.NullMarked;
