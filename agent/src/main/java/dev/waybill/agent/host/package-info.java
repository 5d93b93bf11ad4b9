/**
 * The host under a driver: what it has of what an artifact needs, its processes, and whether one of them serves.
 *
 * <p>Processes are started so that they belong to nobody but themselves, known again by pid and start time, and asked for
 * their health. Called by drivers, from one thread per target. Always true: nothing here knows of releases, keeps anything or
 * decides what shall run; no process is started before its pid and mark are noted durably; one that only happens to have the
 * same pid, or the same port, is never taken for the one that was started.
 */
@NullMarked
package dev.waybill.agent.host;

import org.jspecify.annotations.NullMarked;
