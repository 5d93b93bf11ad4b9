package dev.waybill.cli.layout;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Manifests and the names that some of them have. */
public final class Graph {
    private final Map<Digest, Node> nodes = new LinkedHashMap<>();
    private final Map<Version, Digest> tags = new TreeMap<>();

    public void add(Node node) {
        nodes.put(node.digest(), node);
    }

    public boolean has(Digest digest) {
        return nodes.containsKey(digest);
    }

    public int size() {
        return nodes.size();
    }

    public Map<Digest, Node> nodes() {
        return Map.copyOf(nodes);
    }

    /** False if the name stands for something else already. */
    public boolean name(Version tag, Digest digest) {
        Digest before = tags.putIfAbsent(tag, digest);
        return before == null || before.equals(digest);
    }

    /** In the order of their bytes. */
    public Map<Version, Digest> tags() {
        return Collections.unmodifiableMap(tags);
    }

    /**
     * Every manifest after what it consists of and what it is about. Digests make circles impossible: whoever stands in
     * one would have to know its own hash; each manifest is entered once, whatever the documents say.
     */
    public List<Node> bottomUp() {
        List<Node> order = new ArrayList<>();
        Set<Digest> entered = new HashSet<>();
        Set<Digest> left = new HashSet<>();
        Deque<Digest> open = new ArrayDeque<>();
        for (Digest start : nodes.keySet()) {
            open.push(start);
            while (!open.isEmpty()) {
                Node node = nodes.get(open.peek());
                if (node == null || left.contains(open.peek())) {
                    open.pop();
                } else if (entered.add(node.digest())) {
                    below(node).stream().filter(d -> !entered.contains(d)).forEach(open::push);
                } else {
                    left.add(open.pop());
                    order.add(node);
                }
            }
        }
        return order;
    }

    private static List<Digest> below(Node node) {
        List<Digest> below = new ArrayList<>();
        node.members().forEach(link -> below.add(link.digest()));
        Digest subject = node.subject();
        if (subject != null) {
            below.add(subject);
        }
        return below;
    }
}
