/**
 * The clients of a Waybill server: one for its API, one for its registry. Used by the command line, the agent and the
 * tests; built on the JDK's HTTP client alone. Always true: a problem on the wire comes out as the same
 * {@link dev.waybill.core.problem.ProblemException} that the server threw; a server that cannot be reached or answers
 * nonsense is {@code Unavailable}; no redirect is ever followed, so that a token goes to no other host; bytes from the
 * registry are given to nobody before their length and hash were checked.
 */
@NullMarked
package dev.waybill.api.client;

import org.jspecify.annotations.NullMarked;
