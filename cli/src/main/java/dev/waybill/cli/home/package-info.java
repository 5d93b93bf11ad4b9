/**
 * What the command line remembers on this machine: the server it logged in to, its token (0600) and the keys that were
 * pinned then. Environment variables win over files. Called by commands through the session. Always true: a file with a
 * secret is never readable by others, not even for a moment; keys once pinned for a server change only when a person says
 * so.
 */
@NullMarked
package dev.waybill.cli.home;

import org.jspecify.annotations.NullMarked;
