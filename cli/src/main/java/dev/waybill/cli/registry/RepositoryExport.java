package dev.waybill.cli.registry;

import dev.waybill.api.client.PulledManifest;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.oci.Link;
import dev.waybill.api.registry.RepositoryListing;
import dev.waybill.cli.layout.Graph;
import dev.waybill.cli.layout.LayoutWriter;
import dev.waybill.cli.layout.Node;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything that a repository lists into an image layout. What lies there whole is read, not fetched, so that a run
 * that was interrupted goes on where it was.
 */
final class RepositoryExport {
    private final WaybillClient client;
    private final ApplicationName repository;
    private final Progress progress;
    private final Graph graph = new Graph();
    private final Set<Digest> blobs = new HashSet<>();
    private final Deque<Digest> found = new ArrayDeque<>();
    private boolean sparse;
    private long bytes;
    private long fetched;
    private long fetchedBytes;
    private final Set<Digest> absent = new HashSet<>();

    RepositoryExport(WaybillClient client, ApplicationName repository, Progress progress) {
        this.client = client;
        this.repository = repository;
        this.progress = progress;
    }

    /**
     * What lies in the directory now.
     *
     * @param fetched how many blobs and manifests came over the network this time
     * @param absent parts that a repository for trying things does not have
     */
    record Written(
            ApplicationName repository,
            Path directory,
            int manifests,
            int blobs,
            int tags,
            long bytes,
            long fetched,
            long fetchedBytes,
            long absent) {}

    Written into(Path directory) throws IOException {
        // Asked first, so that a name that does not exist leaves no directory.
        List<RepositoryListing.Listed> listing = list();
        try (LayoutWriter writer = LayoutWriter.open(directory, repository)) {
            for (RepositoryListing.Listed listed : listing) {
                manifest(writer, listed.digest(), listed.size(), listed.mediaType());
                listed.tags().forEach(tag -> graph.name(tag, listed.digest()));
            }
            // Pushed below what was listed already, while it was listed.
            while (!found.isEmpty()) {
                Digest late = found.remove();
                if (!graph.has(late)) {
                    manifest(writer, late, -1, null);
                }
            }
            writer.finish(graph, unnamed());
        }
        return new Written(
                repository,
                directory,
                graph.size(),
                blobs.size(),
                graph.tags().size(),
                bytes,
                fetched,
                fetchedBytes,
                absent.size());
    }

    /** All of it before the first byte is fetched: what moves meanwhile has little time to. */
    private List<RepositoryListing.Listed> list() {
        List<RepositoryListing.Listed> all = new ArrayList<>();
        Digest after = null;
        do {
            RepositoryListing page = client.storage().list(repository, after);
            sparse = page.sparse();
            all.addAll(page.manifests());
            after = page.next();
        } while (after != null);
        return all;
    }

    /** What no name and no index leads to: referrers, and what is kept by its digest alone. */
    private List<Node> unnamed() {
        Set<Digest> reached = graph.nodes().values().stream()
                .flatMap(node -> node.members().stream())
                .map(Link::digest)
                .collect(Collectors.toCollection(HashSet::new));
        reached.addAll(graph.tags().values());
        return graph.nodes().values().stream()
                .filter(node -> !reached.contains(node.digest()))
                .sorted(Comparator.comparing(Node::digest))
                .toList();
    }

    private void manifest(LayoutWriter writer, Digest digest, long size, @Nullable String mediaType)
            throws IOException {
        if (graph.has(digest)) {
            return;
        }
        progress.say("Manifest " + (graph.size() + 1) + ", blob " + blobs.size() + " (" + Bytes.of(fetchedBytes)
                + " fetched)");
        byte[] content;
        String type = mediaType;
        if (size >= 0 && size <= Integer.MAX_VALUE && writer.isWhole(digest, size)) {
            content = writer.bytes(digest, size);
        } else {
            PulledManifest pulled = pull(digest);
            if (pulled == null) {
                return;
            }
            content = pulled.bytes();
            type = pulled.mediaType();
            writer.put(digest, content);
            fetched++;
            fetchedBytes += content.length;
        }
        bytes += content.length;
        Node node = Node.of(digest, content, type);
        graph.add(node);
        node.members().forEach(link -> found.add(link.digest()));
        for (Link link : node.blobs()) {
            blob(writer, node, link);
        }
    }

    private @Nullable PulledManifest pull(Digest digest) {
        try {
            return client.registry().pullManifest(repository, digest);
        } catch (ProblemException e) {
            missing(e, digest, "the repository lists it or an index in it names it");
            return null;
        }
    }

    private void blob(LayoutWriter writer, Node node, Link link) throws IOException {
        if (blobs.contains(link.digest())) {
            return;
        }
        if (!writer.isWhole(link.digest(), link.size())) {
            progress.say("Manifest " + graph.size() + ", blob " + (blobs.size() + 1) + " of " + Bytes.of(link.size())
                    + " (" + Bytes.of(fetchedBytes) + " fetched)");
            try {
                client.registry().pullTo(repository, link.digest(), link.size(), writer.place(link.digest()));
            } catch (ProblemException e) {
                missing(e, link.digest(), node.digest() + " consists of it");
                return;
            }
            fetched++;
            fetchedBytes += link.size();
        }
        blobs.add(link.digest());
        bytes += link.size();
    }

    /** Where manifests may be sparse a part that is not there is no loss; elsewhere it is, or somebody deleted it meanwhile. */
    private void missing(ProblemException e, Digest digest, String because) {
        if (!(e.problem() instanceof Problem.NotFound)) {
            throw e;
        }
        if (sparse) {
            absent.add(digest);
            return;
        }
        throw new Problem.Refused(
                        "EXPORT_INCOMPLETE",
                        "Exporting " + repository,
                        digest + " is not there, and " + because
                                + ": it was deleted meanwhile, or the server found it damaged.",
                        "Ask `waybill registry why " + digest + "`, then export again: what was fetched is kept.")
                .exception();
    }
}
