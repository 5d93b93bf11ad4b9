/**
 * The command line: parsing, exit codes, and the table of commands. Commands are thin: they read what a person wrote, ask
 * the server (or a library) and print the answer. Each lives in the room of what it is about; a command object is made only
 * when its name was typed. Exit codes: 0 done, 1 refused or found, 2 misuse, 3 unreachable or broken. Always true: an answer
 * goes to standard output and is JSON after {@code --output json}; a problem says what was tried, what is missing, what to
 * do next and its code.
 */
@NullMarked
package dev.waybill.cli;

import org.jspecify.annotations.NullMarked;
