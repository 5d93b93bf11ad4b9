/**
 * What people set before anything moves: an application's pipeline, and the configuration of each of its slots. Both are
 * versions without gaps, each a signed statement that names the one before.
 *
 * <p>Called by promotion and history, which judge by them, by insight, which shows them, and by deploy, which hands values to
 * the agents of their slot. Always true: a value lies in the database only encrypted under a key file that is not in the
 * database; a statement, a log or an error holds keys and keyed commitments, never a value; a secret leaves by {@link
 * dev.waybill.server.configuration.Configurations#opened} alone.
 */
@NullMarked
package dev.waybill.server.configuration;

import org.jspecify.annotations.NullMarked;
