package dev.waybill.cli.layout;

import dev.waybill.api.oci.Document;
import dev.waybill.api.oci.Link;
import dev.waybill.core.name.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manifest whose bytes were checked and read, without the bytes. {@code size} in bytes. */
public record Node(
        Digest digest,
        String mediaType,
        long size,
        List<Link> links,
        @Nullable Digest subject) {
    public Node {
        links = List.copyOf(links);
    }

    /** {@code MANIFEST_INVALID} for what is not exactly one kind of manifest. */
    public static Node of(Digest digest, byte[] bytes, @Nullable String mediaType) {
        Document document = Document.parse(bytes, mediaType);
        return new Node(digest, document.mediaType(), bytes.length, document.links(), document.subject());
    }

    /** Config and layers, those left out that lie elsewhere by their media type. */
    public List<Link> blobs() {
        return links.stream()
                .filter(link -> link.kind() == Link.Kind.CONFIG || link.kind() == Link.Kind.LAYER)
                .toList();
    }

    /** The manifests of an index. */
    public List<Link> members() {
        return links.stream().filter(link -> link.kind() == Link.Kind.MANIFEST).toList();
    }
}
