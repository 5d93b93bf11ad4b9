/**
 * What commands do: a tolerant shell grammar and the table that says what each tool does.
 *
 * <p>Called by the model's understanding of steps. Always true: text in, commands with places out, no variable is
 * looked up in this machine and nothing is run; what is not understood is a command without a meaning, never an error.
 */
@NullMarked
package dev.waybill.doctor.shell;

import org.jspecify.annotations.NullMarked;
