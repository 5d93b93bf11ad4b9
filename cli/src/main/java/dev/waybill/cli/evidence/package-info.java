/**
 * Commands that bring evidence: run a test on exactly these bytes, attest reports, bills of material and scans. Raw files
 * travel as blobs, the server recounts and signs. Always true: a test counts for the bytes that it ran on; when that cannot
 * be shown, nothing is attested.
 */
@NullMarked
package dev.waybill.cli.evidence;

import org.jspecify.annotations.NullMarked;
