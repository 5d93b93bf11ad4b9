package dev.waybill.server.distribution;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.registry.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to the registry, parsed (distribution-spec, "Endpoints"). The record says what is asked; nothing is decoded later. */
public sealed interface OciRoute {
    /** end-1. */
    record Ping() implements OciRoute {}

    /** The catalog that older clients list repositories with (distribution, "Catalog"). */
    record Catalog(Page page) implements OciRoute {}

    /** A request about one repository. */
    sealed interface InRepository extends OciRoute {
        ApplicationName name();
    }

    /** end-2; {@code head} when only the headers are asked for. */
    record PullBlob(ApplicationName name, Digest digest, boolean head) implements InRepository {}

    /** end-10. */
    record DeleteBlob(ApplicationName name, Digest digest) implements InRepository {}

    /** end-4a, and end-4b with a digest: the body is then the whole blob. */
    record StartUpload(ApplicationName name, @Nullable Digest digest) implements InRepository {}

    /** end-11; without {@code from} the blob may come from wherever the caller may read it. */
    record MountBlob(
            ApplicationName name, Digest digest, @Nullable ApplicationName from) implements InRepository {}

    /** end-5. */
    record AppendUpload(ApplicationName name, String upload) implements InRepository {}

    /** end-6. */
    record FinishUpload(ApplicationName name, String upload, Digest digest) implements InRepository {}

    /** end-13. */
    record UploadStatus(ApplicationName name, String upload) implements InRepository {}

    /** end-14. */
    record CancelUpload(ApplicationName name, String upload) implements InRepository {}

    /** end-3. */
    record PullManifest(ApplicationName name, Reference reference, boolean head) implements InRepository {}

    /** end-7a, end-7b. */
    record PutManifest(ApplicationName name, Reference reference, List<Version> tags) implements InRepository {
        public PutManifest {
            tags = List.copyOf(tags);
        }
    }

    /** end-9. */
    record DeleteManifest(ApplicationName name, Reference reference) implements InRepository {}

    /** end-8. */
    record ListTags(ApplicationName name, Page page) implements InRepository {}

    /** end-12; a filter that is not there is null. */
    record ListReferrers(
            ApplicationName name, Digest subject, @Nullable String artifactType, Page page) implements InRepository {}

    /** distribution-spec pull request 606: where a tag has pointed, newest first. */
    record TagHistory(ApplicationName name, Version tag, Page page) implements InRepository {}

    /** {@code n} is negative when not given; {@code last} is exclusive. */
    record Page(int n, @Nullable String last) {
        /** No answer lists more than this, whatever is asked for (and nothing is allocated by what is asked for). */
        static final int MOST = 10_000;

        int limit() {
            return n < 0 ? MOST : Math.min(n, MOST);
        }
    }

    /** Parses the raw, undecoded request line; anything that is no request of the protocol is a problem. */
    static OciRoute parse(String method, String rawPath, @Nullable String rawQuery) {
        return OciPath.parse(method, rawPath, Query.parse(rawQuery));
    }
}
