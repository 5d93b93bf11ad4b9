/**
 * What differs between two artifacts, and what kind of difference it is.
 *
 * <p>{@link dev.waybill.compare.Comparison} is the way in: two {@link dev.waybill.compare.Subject}s give a
 * {@link dev.waybill.compare.Result} with a verdict, its findings and the rules that prove it. The rooms: {@code verdict} words,
 * {@code bytes} bounded reading, {@code form} what things consist of, {@code walk} comparison and proof, a room for each family
 * of formats, {@code report} outputs, {@code contents} the listing of files inside artifacts.
 *
 * <p>Always true: nothing is dropped before a rule with a name was found for it; the unknown is functional; what could not
 * be analysed is undecided; the same inputs give the same result, byte for byte.
 */
@NullMarked
package dev.waybill.compare;

import org.jspecify.annotations.NullMarked;
