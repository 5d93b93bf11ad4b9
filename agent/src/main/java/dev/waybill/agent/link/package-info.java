/**
 * The way to the server: content from its registry, into the agent's own store. Called by the agent; calls the client of
 * module api. Always true: each byte was hashed against a digest that leads back to the approved one.
 */
@NullMarked
package dev.waybill.agent.link;

import org.jspecify.annotations.NullMarked;
