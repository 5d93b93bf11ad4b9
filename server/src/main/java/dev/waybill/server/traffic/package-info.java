/**
 * How much is asked and answered, and how often anybody may ask. Part of the floor: knows no room and no web library; `http` and
 * the composition root call it, rooms hand it nothing.
 *
 * <p>Always true: everything here lies in memory, is bounded (accounts, addresses, series of a figure), and ends with the
 * process; a figure that cannot be read is left out and counted, and keeps no other from being shown; whoever is told to wait is
 * told how long.
 */
@NullMarked
package dev.waybill.server.traffic;

import org.jspecify.annotations.NullMarked;
