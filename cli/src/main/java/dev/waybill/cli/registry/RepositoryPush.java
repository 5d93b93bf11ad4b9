package dev.waybill.cli.registry;

import dev.waybill.api.client.Content;
import dev.waybill.api.client.PulledManifest;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.oci.Link;
import dev.waybill.cli.layout.Graph;
import dev.waybill.cli.layout.Node;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.text.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pushes manifests with all that they consist of into a repository: blobs, then members, then what holds them, referrers
 * behind their subjects, names last. What is there is not pushed again, so that the same once more changes nothing.
 */
final class RepositoryPush {
    private final RegistryClient registry;
    private final ApplicationName repository;
    private final Progress progress;
    private final Set<Digest> done = new HashSet<>();
    private int pushedManifests;
    private int pushedBlobs;
    private long pushedBytes;

    RepositoryPush(RegistryClient registry, ApplicationName repository, Progress progress) {
        this.registry = registry;
        this.repository = repository;
        this.progress = progress;
    }

    /** Where the bytes come from, checked. */
    interface Source {
        byte[] manifest(Node node) throws IOException;

        /** A file that {@link #release} may remove again. */
        Path blob(Link link) throws IOException;

        void release(Path blob) throws IOException;
    }

    /** A name that a rule for names does not let go there. */
    record Refused(Version tag, Digest digest, String why) {}

    /** What was done. */
    record Pushed(
            int manifests,
            int blobs,
            int tags,
            int pushedManifests,
            int pushedBlobs,
            long pushedBytes,
            List<Refused> refused) {
        Pushed {
            refused = List.copyOf(refused);
        }
    }

    Pushed push(Graph graph, Source source) throws IOException {
        int number = 0;
        for (Node node : graph.bottomUp()) {
            number++;
            for (Link link : node.blobs()) {
                if (done.add(link.digest())) {
                    blob(link, source, "Manifest " + number + " of " + graph.size());
                }
            }
            progress.say("Manifest " + number + " of " + graph.size());
            if (registry.find(repository, node.digest().toString()).isEmpty()) {
                registry.pushManifest(repository, node.digest(), node.mediaType(), source.manifest(node));
                pushedManifests++;
            }
        }
        List<Refused> refused = new ArrayList<>();
        Map<Digest, Node> nodes = graph.nodes();
        for (Map.Entry<Version, Digest> name : graph.tags().entrySet()) {
            Node node = nodes.get(name.getValue());
            if (node != null) {
                progress.say("Tag " + name.getKey());
                tag(name.getKey(), node, source).ifPresent(refused::add);
            }
        }
        return new Pushed(
                graph.size(),
                done.size(),
                graph.tags().size() - refused.size(),
                pushedManifests,
                pushedBlobs,
                pushedBytes,
                refused);
    }

    private void blob(Link link, Source source, String where) throws IOException {
        if (registry.has(repository, link.digest())) {
            return;
        }
        progress.say(where + ", blob " + done.size() + " of " + Bytes.of(link.size()) + " (" + Bytes.of(pushedBytes)
                + " pushed)");
        Path file = source.blob(link);
        try {
            registry.push(repository, Content.of(file, link.digest(), link.size()));
        } finally {
            source.release(file);
        }
        pushedBlobs++;
        pushedBytes += link.size();
    }

    private Optional<Refused> tag(Version tag, Node node, Source source) throws IOException {
        Optional<Digest> before = registry.find(repository, tag.value());
        if (before.filter(node.digest()::equals).isPresent()) {
            return Optional.empty();
        }
        // The registry lets these move; what was said here would be lost to whoever looks there for it.
        if (before.isPresent() && tag.value().matches("sha(256|512)-[0-9a-f]{64}(\\.(sig|att|sbom))?")) {
            return Optional.of(new Refused(tag, node.digest(), "evidence stands there already: " + before.get() + "."));
        }
        PulledManifest manifest = new PulledManifest(node.digest(), node.mediaType(), source.manifest(node));
        return registry.tag(repository, tag, manifest).map(why -> new Refused(tag, node.digest(), why));
    }
}
