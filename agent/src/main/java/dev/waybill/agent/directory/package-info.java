/**
 * The directory driver: a release is a directory on this host and a process started in it.
 *
 * <p>Stage beside what runs, check the host, stop, switch a symbolic link, start, check health, or go back. Called by the
 * agent, one thread per target. Always true: before anything is stopped the new release lies complete and durable beside
 * it; each step is written down before it is taken and may be taken again; the process belongs to nobody but itself, so
 * it outlives the agent and is known again by pid and start time; values of the configuration lie in files of mode 0600.
 */
@NullMarked
package dev.waybill.agent.directory;

import org.jspecify.annotations.NullMarked;
