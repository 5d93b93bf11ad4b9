/**
 * Words in sentences for people: numbers with their nouns, and the names that somebody who mistyped one may have meant; and
 * patterns with stars. Characters only, no language of delivery. Anyone may call it. Always true: the same input gives the same words, and what
 * is offered as meant is one of the names that were given as known.
 */
@NullMarked
package dev.waybill.core.text;

import org.jspecify.annotations.NullMarked;
