/** The registry as the programs see it that people push and pull with. Always true: each is the real program, with a home of its own. */
@NullMarked
package dev.waybill.e2e.clients;

import org.jspecify.annotations.NullMarked;
