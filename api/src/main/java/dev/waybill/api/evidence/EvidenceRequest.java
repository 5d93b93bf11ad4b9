package dev.waybill.api.evidence;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;

/** A bill of material, a scan or a predicate of another kind, kept as a blob and referred to. */
public record EvidenceRequest(ApplicationName application, Digest artifact, String predicateType, ReportRef content) {}
