/**
 * {@code waybill doctor}: hands directories to the doctor library and prints what it says.
 *
 * <p>Called by the table of commands. Always true: offline, no server and no login; the three answers stand first; exit
 * 1 if a delivery pipeline is ill, 0 if it is not or nobody can tell.
 */
@NullMarked
package dev.waybill.cli.doctor;

import org.jspecify.annotations.NullMarked;
