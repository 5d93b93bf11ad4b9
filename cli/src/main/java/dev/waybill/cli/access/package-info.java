/**
 * Who may talk to the server and how a machine starts to: login, tokens, invitations of agents. Commands of people and
 * administrators. Always true: a token's text is printed once, by the command that made it, and never put into a log or
 * a file that others can read.
 */
@NullMarked
package dev.waybill.cli.access;

import org.jspecify.annotations.NullMarked;
