/**
 * What passes between server and agent: enrolment, what shall run, what happened, what runs. Shape only. Always true: an
 * agent acts on statements it verifies itself, never on the shape around them; what it reports is signed by its own key.
 */
@NullMarked
package dev.waybill.api.deploy;

import org.jspecify.annotations.NullMarked;
