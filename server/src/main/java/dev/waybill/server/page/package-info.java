/**
 * What a page shows: the records that the templates (src/main/jte) are given, times, names and states in words, and the page
 * itself, drawn whole before its first byte leaves, with stylesheet and script from inside the program.
 *
 * <p>Called by ui alone, whose handlers fill a page and send it; asks nobody but the floor and the shapes of insight's
 * answers. Always true: no page names another host; what people typed is escaped by the template engine's context-aware
 * output and never marked as safe; a state has a form and a word, never a colour alone; nothing on the way may keep a page.
 */
@NullMarked
package dev.waybill.server.page;

import org.jspecify.annotations.NullMarked;
