/**
 * How the command line looks: tables, colours, seals, ages, progress. Knows words and characters, nothing of delivery.
 * Called by every command. Always true: answers go to standard output and everything said beside them to standard error;
 * colour and progress appear only where a person looks (a terminal, and {@code NO_COLOR} unset); what is printed without
 * colour says the same.
 */
@NullMarked
package dev.waybill.cli.terminal;

import org.jspecify.annotations.NullMarked;
