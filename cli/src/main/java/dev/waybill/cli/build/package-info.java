/**
 * `waybill build`: the commit in a clean checkout, the command once, outputs packed deterministically, fingerprint and
 * materials recorded, pushed and registered. Called by the command line and the demo. Always true: the same files of the same
 * commit give the same digest whatever the directory, the clock, the user or the umask; a build that fails, or is
 * interrupted, leaves nothing registered and nothing behind.
 */
@NullMarked
package dev.waybill.cli.build;

import org.jspecify.annotations.NullMarked;
