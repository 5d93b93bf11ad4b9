package dev.waybill.api.artifact;

import dev.waybill.core.name.Digest;

/** A file inside an artifact: path within its layer, size in bytes, sha256. */
public record FileInside(String path, long size, Digest digest) {}
