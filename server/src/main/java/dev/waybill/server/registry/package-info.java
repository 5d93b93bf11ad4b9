/**
 * The OCI registry (distribution-spec, main): repositories, manifests, tags, referrers and uploads under {@code /v2/}. A
 * repository's name is its application's. Rooms above use {@link dev.waybill.server.registry.Manifests},
 * {@link dev.waybill.server.registry.Contents}, {@link dev.waybill.server.registry.Tags} and
 * {@link dev.waybill.server.registry.Referrers} in process; what they decide about content (what is kept, which commit has
 * its artifact) comes in through {@link dev.waybill.server.registry.Keeps} and
 * {@link dev.waybill.server.registry.CommitTags}.
 *
 * <p>Always true: a manifest is listed only when its bytes are durable and everything it refers to is linked in its
 * repository (except a subject and foreign layers); who may read a repository may read exactly what is linked there, and
 * knowing a digest is no access; every move of a tag is a fact in the same transaction; exact bytes go out as they came in.
 */
@NullMarked
package dev.waybill.server.registry;

import org.jspecify.annotations.NullMarked;
