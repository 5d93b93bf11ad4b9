/**
 * How much an application and an account may hold: bytes in repositories, uploads on their way.
 *
 * <p>Called by registry, which asks before it stores, and by what shows the numbers. Always true: what is being stored counts
 * before it is stored, so that pushes at once do not pass a limit together; no row and no lock is shared by all pushes of an
 * application; whatever is there already is never refused, nor is any pull, so that damage can be healed beyond a limit; what
 * the server itself writes about an artifact is stored in any case and counts.
 */
@NullMarked
package dev.waybill.server.quota;

import org.jspecify.annotations.NullMarked;
