/**
 * What a team writes down about an application: the one file in its repository ({@code waybill.yaml}), and the part of it
 * that travels inside the artifact.
 *
 * <p>Always true: a file is read whole or refused with the place of the mistake; an artifact's configuration blob holds
 * only what follows from the commit, never a time, a host, a user, a version name or a value, and equal contents are equal
 * bytes, so that a reproducible rebuild has the same digest.
 *
 * <p>Called by the command line, the agent and the server. Calls pipelines, names and JSON.
 */
@NullMarked
package dev.waybill.core.project;

import org.jspecify.annotations.NullMarked;
