/**
 * Who is asking, and what they may do: actors, their tokens (random, shown once, stored as hashes), roles granted for
 * applications and environments, and the one permission check. Knows no room. Always true: closed by default; a token
 * that is unknown, expired or revoked is nobody.
 */
@NullMarked
package dev.waybill.server.identity;

import org.jspecify.annotations.NullMarked;
