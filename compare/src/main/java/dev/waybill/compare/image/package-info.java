/**
 * Images: OCI layouts and what {@code docker save} writes (image-spec 1.1).
 *
 * <p>Two images are compared by what a container sees: the configuration, and the files that remain when all layers lie on
 * each other. Layers that both have at the bottom are not opened. Always true: a blob counts only when it has its digest;
 * modes, owners, attributes and links of files count; a file of a package or of the base system counts as drift of that only
 * when both say who they are and differ in version, and is functional when they claim to be the same.
 */
@NullMarked
package dev.waybill.compare.image;

import org.jspecify.annotations.NullMarked;
