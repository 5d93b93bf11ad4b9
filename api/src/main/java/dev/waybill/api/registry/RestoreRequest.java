package dev.waybill.api.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;

/** Brings a manifest back that was taken out of a repository, with all that it consists of. */
public record RestoreRequest(ApplicationName repository, Digest digest) {}
