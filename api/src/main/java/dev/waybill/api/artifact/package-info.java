/**
 * Artifacts, registrations and labels on the wire. Shape only. Shared by server, command line and agent. Always true:
 * everything is named by its digest; a version is a label beside it; times are UTC with milliseconds.
 */
@NullMarked
package dev.waybill.api.artifact;

import org.jspecify.annotations.NullMarked;
