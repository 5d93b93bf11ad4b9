/**
 * Results as text, JSON, one HTML page and SARIF.
 *
 * <p>Called by the command line; knows {@code Result} and nothing of formats. Always true: the same result gives the same
 * bytes; nothing an artifact contains can leave its place in a document (control characters, markup).
 */
@NullMarked
package dev.waybill.compare.report;

import org.jspecify.annotations.NullMarked;
