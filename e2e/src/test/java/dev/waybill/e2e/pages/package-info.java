/**
 * The pages in a real browser. Always true: no page asks another host for anything, and the keyboard is enough.
 */
@NullMarked
package dev.waybill.e2e.pages;

import org.jspecify.annotations.NullMarked;
