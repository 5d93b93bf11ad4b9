/**
 * What goes over the wire: records for each request and answer, the problem body, and the clients that send and read them.
 * The server, the agent and the command line share it, so that a field cannot mean two things. Shape only, no decisions.
 * Always true: a record here is a promise to clients; members are added, never renamed or given another meaning.
 */
@NullMarked
package dev.waybill.api;

import org.jspecify.annotations.NullMarked;
