package dev.waybill.cli.remote;

import dev.waybill.api.oci.Link;
import dev.waybill.cli.layout.Graph;
import dev.waybill.cli.layout.Node;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that belongs to one manifest in another registry: what it consists of and what is said about any of that, as referrers, in the
 * index that stands in for them, and under cosign's older tags. The manifests' bytes lie in a directory meanwhile.
 */
public final class RemoteGraph {
    static final int MOST_MANIFESTS = 10_000;
    private static final int MOST_LINKS = 1_000_000;
    private static final List<String> OLDER = List.of(".sig", ".att", ".sbom");

    private final RemoteRegistry remote;
    private final Path directory;
    private final Progress progress;
    private final Graph graph = new Graph();
    private final Deque<Digest> open = new ArrayDeque<>();
    private final Set<Digest> asked = new HashSet<>();
    private int links;

    /** A manifest to fetch, with the size that the index {@code of} promises. */
    private record Member(Digest digest, long size, Digest of) {}

    public RemoteGraph(RemoteRegistry remote, Path directory, Progress progress) {
        this.remote = remote;
        this.directory = directory;
        this.progress = progress;
    }

    public Graph graph() {
        return graph;
    }

    /** Fetches it all; returns the digest of what the name names. */
    public Digest read() throws IOException {
        String reference = remote.name().reference();
        RemoteRegistry.Fetched root =
                remote.manifest(reference).orElseThrow(() -> remote.missing("the manifest " + reference));
        whole(root);
        while (!open.isEmpty()) {
            Digest next = open.remove();
            if (asked.add(next)) {
                evidence(next);
            }
        }
        return root.digest();
    }

    /** A manifest and all below it, however deep that goes. */
    private Node whole(RemoteRegistry.Fetched fetched) throws IOException {
        Node top = node(fetched);
        Deque<Member> below = new ArrayDeque<>();
        take(top, fetched, below);
        while (!below.isEmpty()) {
            Member member = below.pop();
            if (!graph.has(member.digest())) {
                RemoteRegistry.Fetched next = byDigest(member.digest());
                Node node = node(next);
                if (node.size() != member.size()) {
                    throw remote.mismatch(
                            "the manifest " + member.digest(),
                            "it has " + node.size() + " bytes, and " + member.of() + " says " + member.size() + ".");
                }
                take(node, next, below);
            }
        }
        return top;
    }

    private void take(Node node, RemoteRegistry.Fetched fetched, Deque<Member> below) throws IOException {
        if (graph.has(node.digest())) {
            return;
        }
        if (graph.size() >= MOST_MANIFESTS || (links += node.links().size()) > MOST_LINKS) {
            throw remote.mismatch(
                    "the manifest " + node.digest(),
                    "more than " + MOST_MANIFESTS + " manifests or " + MOST_LINKS + " parts belong to it.");
        }
        progress.say("Reading manifest " + (graph.size() + 1) + " of " + remote.name());
        Files.write(file(node.digest()), fetched.bytes());
        graph.add(node);
        open.add(node.digest());
        for (Link member : node.members()) {
            below.push(new Member(member.digest(), member.size(), node.digest()));
        }
    }

    private Node node(RemoteRegistry.Fetched fetched) {
        try {
            return Node.of(fetched.digest(), fetched.bytes(), fetched.mediaType());
        } catch (ProblemException e) {
            throw remote.mismatch(
                    "the manifest " + fetched.digest(), e.problem().missing());
        }
    }

    private RemoteRegistry.Fetched byDigest(Digest digest) throws IOException {
        return remote.manifest(digest.toString()).orElseThrow(() -> remote.missing("the manifest " + digest));
    }

    /** Both ways are asked: registries that have learnt the list do not all know what was said before. */
    private void evidence(Digest subject) throws IOException {
        for (Digest about : remote.referrers(subject).orElse(List.of())) {
            about(about, subject);
        }
        String tag = subject.algorithm().label() + "-"
                + subject.hex().substring(0, Math.min(64, subject.hex().length()));
        Optional<RemoteRegistry.Fetched> fallback = remote.manifest(tag);
        if (fallback.isPresent()) {
            fallback(fallback.get(), subject, tag);
        }
        for (String suffix : OLDER) {
            Optional<RemoteRegistry.Fetched> older = remote.manifest(tag + suffix);
            if (older.isPresent()) {
                graph.name(new Version(tag + suffix), whole(older.get()).digest());
            }
        }
    }

    /** True if it is about the subject; some registries list an index's members, which are no evidence. */
    private boolean about(Digest digest, Digest subject) throws IOException {
        RemoteRegistry.Fetched fetched = byDigest(digest);
        boolean is = subject.equals(node(fetched).subject());
        if (is) {
            whole(fetched);
        }
        return is;
    }

    /** The index itself is needed only for what does not say what it is about. */
    private void fallback(RemoteRegistry.Fetched fetched, Digest subject, String tag) throws IOException {
        Node index = node(fetched);
        boolean needed = index.members().isEmpty() && !index.links().isEmpty();
        for (Link member : index.members()) {
            needed |= !about(member.digest(), subject);
        }
        if (needed) {
            graph.name(new Version(tag), whole(fetched).digest());
        }
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.algorithm().label() + "-" + digest.hex());
    }

    /** A manifest's bytes as they were checked. */
    public byte[] bytes(Node node) throws IOException {
        return Files.readAllBytes(file(node.digest()));
    }

    /** A blob, fetched now. */
    public Path blob(Link link) throws IOException {
        Path file = file(link.digest()).resolveSibling("blob");
        remote.blob(link, file);
        return file;
    }
}
