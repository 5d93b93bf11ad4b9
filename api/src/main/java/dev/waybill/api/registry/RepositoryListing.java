package dev.waybill.api.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the manifests of a repository, with their names, by digest: what registry clients cannot list, because they find a
 * manifest without a tag only by its digest.
 *
 * @param sparse true where manifests may be listed without their parts
 * @param next where the next page begins, null on the last
 */
public record RepositoryListing(
        ApplicationName repository,
        boolean sparse,
        List<Listed> manifests,
        @Nullable Digest next) {
    public RepositoryListing {
        manifests = List.copyOf(manifests);
    }

    /** One manifest. {@code size} in bytes; its tags in the order of their bytes. */
    public record Listed(Digest digest, String mediaType, long size, List<Version> tags) {
        public Listed {
            tags = List.copyOf(tags);
        }
    }
}
