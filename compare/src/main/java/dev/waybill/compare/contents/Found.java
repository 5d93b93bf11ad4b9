package dev.waybill.compare.contents;

import dev.waybill.core.name.Digest;

/**
 * A regular file inside an archive.
 *
 * @param path relative, with {@code /}; {@code outer.jar!/inner/Name.class} when it stands in an archive inside
 * @param size in bytes, counted
 * @param digest sha256 of its bytes
 */
public record Found(String path, long size, Digest digest) {}
