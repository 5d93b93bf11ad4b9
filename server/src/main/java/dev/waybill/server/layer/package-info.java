/**
 * Layers: which files stand inside each distinct layer, by sha256, so that a file on any disk leads back to the artifact that
 * it came from. A queue in SQL, read in the background, one layer at a time and with stated caps.
 *
 * <p>Called by artifact alone, which names the layers of what it registers and knows whose they are. Calls the floor and the
 * library that reads archives. Always true: the index follows from the layers' bytes, can be made anew and is compared with them by the audit; a layer that was
 * not read to its end says so and why; nothing is decided on it.
 */
@NullMarked
package dev.waybill.server.layer;

import org.jspecify.annotations.NullMarked;
