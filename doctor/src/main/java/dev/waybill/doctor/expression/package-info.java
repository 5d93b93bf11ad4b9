/**
 * The conditions of the providers, far enough to say for which references a job runs and which values a placeholder
 * can have.
 *
 * <p>Called by the readers. Always true: a condition that is not understood restricts nothing and a placeholder without
 * a known value stays as it is written, so that ignorance never makes two things differ.
 */
@NullMarked
package dev.waybill.doctor.expression;

import org.jspecify.annotations.NullMarked;
