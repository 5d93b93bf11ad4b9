/**
 * Evidence about an artifact on its way in. Raw files travel through the registry as blobs of the application's
 * repository; what stands here only points at them by digest. Always true: the sender claims, the server recounts, checks
 * the binding and signs.
 */
@NullMarked
package dev.waybill.api.evidence;

import org.jspecify.annotations.NullMarked;
