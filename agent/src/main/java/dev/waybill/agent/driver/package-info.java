/**
 * What it means to apply a release to a target, whatever kind of thing the target is. The agent hands a driver verified
 * orders only. Always true: each action ends in exactly one outcome, which the driver keeps until it is acknowledged; a
 * crash at any step is survived by {@link dev.waybill.agent.driver.Driver#recover}; no failed action is retried.
 * What an action found healthy is meant to go on serving: when it is lost it can be started again, which is no action.
 */
@NullMarked
package dev.waybill.agent.driver;

import org.jspecify.annotations.NullMarked;
