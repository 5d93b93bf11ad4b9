/**
 * The OCI documents that Waybill writes and reads: image manifests and descriptors (image-spec 1.1, manifest.md,
 * descriptor.md). Shape only. Used by the command line to pack, by the agent to unpack. Always true: what is written is
 * the same bytes for the same content; what is read from others may hold members that are not here.
 */
@NullMarked
package dev.waybill.api.oci;

import org.jspecify.annotations.NullMarked;
