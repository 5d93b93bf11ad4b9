/**
 * Other people's registries, as the command line reads them (distribution-spec 1.1, token specification of distribution): names,
 * credentials, challenges, waiting, and all that belongs to one manifest. Called by the registry's copy command. Always true:
 * credentials and tokens go to the host that they are for, and over plain HTTP only where that was asked for; where an answer
 * leads is followed without them; nothing is given on before its length and hash were checked; every answer, list and wait
 * has an end.
 */
@NullMarked
package dev.waybill.cli.remote;

import org.jspecify.annotations.NullMarked;
