/**
 * The registry: what each repository holds, as manifests, blobs and referrers. A repository's name is its application's. {@link
 * dev.waybill.server.registry.Registry} is its parts put together: distribution serves them, artifact and evidence use {@link
 * dev.waybill.server.registry.Manifests}, {@link dev.waybill.server.registry.Contents} and {@link
 * dev.waybill.server.registry.Referrers} in process. Calls tag and the floor; what rooms above decide about content comes in
 * through {@link dev.waybill.server.registry.Hooks}: what is kept, who may pull, which commit has its artifact.
 *
 * <p>Always true: a manifest is listed only when its bytes are durable and everything it refers to is linked in its
 * repository (except a subject and foreign layers); who may read a repository may read exactly what is linked there, and
 * knowing a digest is no access; what is kept, or what something kept consists of, is not deleted.
 */
@NullMarked
package dev.waybill.server.registry;

import org.jspecify.annotations.NullMarked;
