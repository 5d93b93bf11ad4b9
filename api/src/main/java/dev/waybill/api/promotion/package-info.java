/**
 * Pipelines, configuration, promotions, approvals, marks, releases and rollbacks on the wire. Shape only; the rules stand in
 * core. Always true: a sentence is meant for people, the field beside it for programs; the value of a secret goes in and
 * never comes out, except to the agent of its slot.
 */
@NullMarked
package dev.waybill.api.promotion;

import org.jspecify.annotations.NullMarked;
