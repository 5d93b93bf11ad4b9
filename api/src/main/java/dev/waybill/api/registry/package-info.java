/** Records of the registry's own questions, beside the OCI protocol: why bytes are there, what is garbage, what uses the disk. */
@NullMarked
package dev.waybill.api.registry;

import org.jspecify.annotations.NullMarked;
