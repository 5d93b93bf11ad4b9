/** {@code waybill registry}: why bytes are kept, what uses the disk, what goes and what comes back. */
@NullMarked
package dev.waybill.cli.registry;

import org.jspecify.annotations.NullMarked;
