/**
 * What the server does by itself beside what it is asked: one thread for each, which goes on after trouble and whose end has a
 * deadline. Knows no room; the rooms that follow the ledger, index layers or look after the registry hold one. Always true: no
 * failure of a step ends the loop, also not when memory ran out; closing waits so long and no longer.
 */
@NullMarked
package dev.waybill.server.loop;

import org.jspecify.annotations.NullMarked;
