package dev.waybill.cli.layout;

import dev.waybill.api.oci.Link;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a layout that anybody may have written, and checks all of it: each manifest is one by the reader that the registry
 * uses, each descriptor tells the size that the file has, each file has the bytes of its name. Only then is anything pushed.
 */
public final class LayoutReader {
    /** Beyond them a layout is no repository of ours. */
    private static final int MOST_MANIFESTS = 200_000;

    private static final int MOST_LINKS = 2_000_000;
    private static final int MANIFEST_LIMIT = 4 * 1024 * 1024;

    private final LayoutDirectory layout;
    private final Progress progress;
    private final Graph graph = new Graph();
    private final Map<Digest, Long> blobs = new HashMap<>();
    private final List<String> unnamed = new ArrayList<>();
    private final Deque<Named> open = new ArrayDeque<>();
    private final Deque<Named> subjects = new ArrayDeque<>();
    private int links;
    private long read;

    /** A manifest to read. {@code size} is negative where nobody promised one; {@code by} is who names it. */
    private record Named(Digest digest, long size, @Nullable String mediaType, String by) {}

    public LayoutReader(Path directory, Progress progress) {
        this.layout = new LayoutDirectory(directory);
        this.progress = progress;
    }

    /**
     * What a layout holds.
     *
     * @param blobs sizes of what manifests consist of
     * @param unnamed names in it that hold no tag
     */
    public record Contents(Graph graph, Map<Digest, Long> blobs, List<String> unnamed, LayoutDirectory files) {
        public Contents {
            blobs = Map.copyOf(blobs);
            unnamed = List.copyOf(unnamed);
        }

        /** The bytes of one of its manifests, checked again. */
        public byte[] manifest(Node node) throws IOException {
            return LayoutReader.bytes(files, node.digest(), node.size());
        }
    }

    /** {@code LAYOUT_INVALID} with the place that is wrong. */
    public Contents read() throws IOException {
        requireMark();
        byte[] index = layout.read(layout.root().resolve(LayoutDirectory.INDEX), LayoutDirectory.INDEX, Json.MAX_BYTES);
        for (LayoutIndex.Entry entry : LayoutIndex.read(layout, index).entries()) {
            open.add(new Named(entry.digest(), entry.size(), entry.mediaType(), LayoutDirectory.INDEX));
            name(entry);
            drain();
        }
        // Behind everything else, because a subject alone does not say what type it is.
        while (!subjects.isEmpty()) {
            open.add(subjects.remove());
            drain();
        }
        return new Contents(graph, blobs, unnamed, layout);
    }

    private void drain() throws IOException {
        while (!open.isEmpty()) {
            manifest(open.remove());
        }
    }

    private void requireMark() throws IOException {
        if (!Files.isDirectory(layout.root())) {
            throw layout.invalid("the layout", "there is no such directory.", "Name the directory of an OCI layout.");
        }
        byte[] mark = layout.read(layout.root().resolve(LayoutDirectory.MARK), LayoutDirectory.MARK, 4096);
        JsonNode version =
                LayoutIndex.object(layout, LayoutDirectory.MARK, mark).path("imageLayoutVersion");
        if (!version.asString("").matches("1\\.[0-9]+\\.[0-9]+")) {
            throw layout.invalid(
                    LayoutDirectory.MARK, "its imageLayoutVersion is no 1.x.", "Write the layout with version 1.0.0.");
        }
    }

    private void name(LayoutIndex.Entry entry) {
        if (entry.name() == null) {
            return;
        }
        Optional<Version> tag = entry.tag();
        if (tag.isEmpty()) {
            unnamed.add(entry.name());
        } else if (!graph.name(tag.get(), entry.digest())) {
            throw layout.invalid(
                    LayoutDirectory.INDEX,
                    "two different manifests in it are named " + tag.get() + ".",
                    "Leave one of the names out.");
        }
    }

    private void manifest(Named named) throws IOException {
        String place = LayoutDirectory.place(named.digest());
        if (graph.has(named.digest())) {
            if (named.size() >= 0 && Files.size(layout.blob(named.digest())) != named.size()) {
                throw size(named);
            }
            return;
        }
        if (!layout.has(named.digest())) {
            throw missing(named.digest(), named.by(), "manifest");
        }
        long size = Files.size(layout.blob(named.digest()));
        if (named.size() >= 0 && named.size() != size) {
            throw size(named);
        }
        Node node;
        try {
            node = Node.of(named.digest(), bytes(layout, named.digest(), size), named.mediaType());
        } catch (ProblemException e) {
            throw layout.invalid(
                    place,
                    "named as a manifest in " + named.by() + ": " + e.problem().missing(),
                    "Leave it out of the layout, or write it as what it is.");
        }
        if (graph.size() >= MOST_MANIFESTS || (links += node.links().size()) > MOST_LINKS) {
            throw layout.invalid(
                    LayoutDirectory.INDEX,
                    "it leads to more than " + MOST_MANIFESTS + " manifests or " + MOST_LINKS + " parts.",
                    "Write fewer images into one layout.");
        }
        graph.add(node);
        follow(node, place);
    }

    private void follow(Node node, String place) throws IOException {
        for (Link link : node.members()) {
            open.push(
                    new Named(link.digest(), link.size(), link.mediaType().isEmpty() ? null : link.mediaType(), place));
        }
        Digest subject = node.subject();
        if (subject != null && layout.has(subject)) {
            subjects.add(new Named(subject, -1, null, place));
        }
        for (Link link : node.blobs()) {
            blob(link, place);
        }
    }

    private void blob(Link link, String by) throws IOException {
        Long known = blobs.get(link.digest());
        if (known == null) {
            if (!layout.has(link.digest())) {
                throw missing(link.digest(), by, "blob");
            }
            known = Files.size(layout.blob(link.digest()));
        }
        String place = LayoutDirectory.place(link.digest());
        if (known != link.size()) {
            throw layout.invalid(
                    place,
                    "it has " + known + " bytes, but " + by + " says " + link.size() + ".",
                    "Copy the layout again from where it came.");
        }
        if (blobs.put(link.digest(), known) == null) {
            progress.say("Checking blob " + blobs.size() + " (" + Bytes.of(read) + " read)");
            Digest actual = LayoutDirectory.hash(
                    layout.blob(link.digest()), link.digest().algorithm());
            if (!actual.equals(link.digest())) {
                throw other(layout, link.digest(), actual);
            }
            read += known;
        }
    }

    static byte[] bytes(LayoutDirectory layout, Digest digest, long size) throws IOException {
        String place = LayoutDirectory.place(digest);
        byte[] bytes = layout.read(layout.blob(digest), place, (int) Math.min(size, MANIFEST_LIMIT));
        Digest actual = Digest.of(
                digest.algorithm(), digest.algorithm().newMessageDigest().digest(bytes));
        if (!actual.equals(digest)) {
            throw other(layout, digest, actual);
        }
        return bytes;
    }

    private static ProblemException other(LayoutDirectory layout, Digest digest, Digest actual) {
        return layout.invalid(
                LayoutDirectory.place(digest),
                "its bytes have the digest " + actual + ".",
                "Copy the layout again from where it came.");
    }

    private ProblemException size(Named named) throws IOException {
        return layout.invalid(
                LayoutDirectory.place(named.digest()),
                "it has " + Files.size(layout.blob(named.digest())) + " bytes, but " + named.by() + " says "
                        + named.size() + ".",
                "Copy the layout again from where it came.");
    }

    private ProblemException missing(Digest digest, String by, String what) {
        return layout.invalid(
                LayoutDirectory.place(digest),
                "it is missing, and " + by + " names it as a " + what + ".",
                "Write the layout with all its parts; for several platforms `skopeo copy --all` does.");
    }
}
