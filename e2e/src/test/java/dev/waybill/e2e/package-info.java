/**
 * The whole product from outside: a server and agents in processes of their own, killed and started again; commands as a
 * person types them; what is on disk afterwards. Fixtures: {@link dev.waybill.e2e.ServerProcess},
 * {@link dev.waybill.e2e.AgentProcess}, {@link dev.waybill.e2e.Cli}, {@link dev.waybill.e2e.TempGit},
 * {@link dev.waybill.e2e.Team}.
 *
 * <p>Commands run through the command line's own entry point inside this process, because a new virtual machine for each
 * would cost a second; wherever signals, exit codes of a process or crashes matter, they run as processes. Always true: a
 * test waits for conditions with a deadline and never for time, and leaves no process behind.
 */
@NullMarked
package dev.waybill.e2e;

import org.jspecify.annotations.NullMarked;
