package dev.waybill.api.deploy;

import java.util.List;

/** Statements that an agent signed, in order. */
public record ReportRequest(List<SignedBody> statements) {}
