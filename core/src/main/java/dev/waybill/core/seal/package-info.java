/**
 * The seal: a small mark drawn from a digest alone, so that the same bytes look the same in every list, page and terminal.
 * Mathematics only; the pages draw it as SVG, the terminal as a block of two characters, both from these values. It is a
 * first look and never replaces the digest. Always true: the same digest gives the same seal for ever (a change would make
 * every paper lie), and there are more than 10^6 different ones. Anyone may call it.
 */
@NullMarked
package dev.waybill.core.seal;

import org.jspecify.annotations.NullMarked;
