/**
 * The agent's file, {@code agent.yaml}, read whole or refused with the place of the mistake. Called at the start. Always
 * true: paths are absolute once read, relative ones being meant from the file; each slot and each name of a target stands
 * once.
 */
@NullMarked
package dev.waybill.agent.config;

import org.jspecify.annotations.NullMarked;
