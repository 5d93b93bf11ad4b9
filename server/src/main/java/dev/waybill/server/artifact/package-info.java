/**
 * Artifacts: which bytes are the artifact of which commit (law 2), what a reference means, what must stay (law 3), what an
 * environment may pull, and which artifact a file came from. The rooms above write keeps, permits and allowances here; the
 * registry below asks through the hooks that {@link dev.waybill.server.artifact.Registrations} and
 * {@link dev.waybill.server.artifact.Keeps} supply.
 *
 * <p>Always true: a digest is registered at most once, an application's commit has at most one artifact, and its row
 * commits together with its statement; what opens bytes to a limited account is proved from statements and bytes; an artifact was whole in its repository when it was registered; labels are the
 * registry's tags and nothing is decided on them. Files inside are looked up in layer, which reads layers in the background.
 */
@NullMarked
package dev.waybill.server.artifact;

import org.jspecify.annotations.NullMarked;
