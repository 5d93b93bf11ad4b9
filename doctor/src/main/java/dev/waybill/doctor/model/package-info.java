/**
 * A delivery pipeline, whoever runs it: jobs with the environments they are bound to, the references they run for,
 * what they need, and steps with the effects that matter to the lineage of bytes.
 *
 * <p>Readers build it, checks read it. Always true: calls and templates are expanded, so that a job here is one
 * instance with its values bound; each step and effect has a place in a file.
 */
@NullMarked
package dev.waybill.doctor.model;

import org.jspecify.annotations.NullMarked;
