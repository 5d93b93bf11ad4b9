package dev.waybill.api.evidence;

import dev.waybill.core.name.Digest;

/** A raw file that was pushed as a blob of the application's repository. */
public record ReportRef(String name, Digest digest, long size, String mediaType) {}
