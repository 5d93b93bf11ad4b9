package dev.waybill.agent.verify;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.ReleaseMade;

/** A release that may be applied here; made by {@link Gatekeeper} only. {@code id} is that of the release statement. */
public record Checked(ReleaseMade release, Digest id) {}
