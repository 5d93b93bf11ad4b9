/**
 * {@code waybill demo}: the whole story on one machine, told with real parts: a git repository, a package repository, a
 * server, three agents, a service that answers on real ports. Every line with a role and a dollar sign is a command that
 * ran, as a user would type it, in a process of its own. A chapter that does not end as it must ends the demo with exit
 * code 1. Called by the command line only; touches nothing outside its own work directory. Always true: what is started
 * is stopped again, also after a failure or Ctrl-C.
 */
@NullMarked
package dev.waybill.cli.demo;

import org.jspecify.annotations.NullMarked;
