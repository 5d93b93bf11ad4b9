package dev.waybill.api.deploy;

import java.util.List;

/** Where they stand in the ledger, in the same order. */
public record ReportAnswer(List<Long> indexes) {}
