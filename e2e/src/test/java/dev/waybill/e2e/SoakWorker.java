package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client with tags of its own, and what it knows of them: of a tag whose last operation was acknowledged exactly where it
 * points; of one whose was not, the two that are possible, until it asks. Its tags may move and keep what they name, as those
 * of the referrers fallback with a cut sha512 do.
 */
final class SoakWorker {
    private static final int TAGS = 4;
    private static final int SHARED = 24;

    private record Tag(String repository, String name) {}

    private final SoakRegistry registry;
    private final Random random;
    private final List<Tag> tags = new ArrayList<>();

    /** Where each may point; null stands for nowhere. */
    private final Map<Tag, Set<@Nullable Digest>> possible = new HashMap<>();

    private final Map<Digest, byte[]> manifests = new HashMap<>();

    SoakWorker(SoakRegistry registry, int number, long seed) {
        this.registry = registry;
        this.random = new Random(seed + number);
        for (int i = 0; i < TAGS; i++) {
            Digest name = Digest.sha256(("tag " + number + " " + i).getBytes(UTF_8));
            for (String repository : SoakRegistry.REPOSITORIES) {
                Tag tag = new Tag(repository, "sha512-" + name.hex());
                tags.add(tag);
                possible.put(tag, nowhere());
            }
        }
    }

    private static Set<@Nullable Digest> nowhere() {
        return only(null);
    }

    private static Set<@Nullable Digest> only(@Nullable Digest digest) {
        Set<@Nullable Digest> one = new HashSet<>();
        one.add(digest);
        return one;
    }

    /** One operation; an {@link IOException} when it was not acknowledged, an {@link AssertionError} when the server lied. */
    void one() throws IOException {
        Tag tag = tags.get(random.nextInt(tags.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> push(tag);
            case 8, 9, 10 -> again(tag);
            case 11, 12 -> untag(tag);
            case 13 -> delete(tag);
            default -> check(tag);
        }
    }

    private void push(Tag tag) throws IOException {
        byte[] config = ("{\"shared\":" + random.nextInt(SHARED) + "}").getBytes(UTF_8);
        byte[] shared = new byte[20_000];
        new Random(random.nextInt(SHARED)).nextBytes(shared);
        byte[] own = new byte[1 + random.nextInt(60_000)];
        random.nextBytes(own);
        List<byte[]> layers = List.of(shared, own);
        byte[] manifest = SoakRegistry.manifest(config, layers);
        Digest digest = Digest.sha256(manifest);
        manifests.put(digest, manifest);
        for (int i = 0; i < 20; i++) {
            registry.pushBlob(tag.repository(), config, random);
            for (byte[] layer : layers) {
                registry.pushBlob(tag.repository(), layer, random);
            }
            if (points(tag, digest, manifest)) {
                return;
            }
        }
    }

    /** Gives another of its tags in the same repository what this one names: all of it is kept, so nothing may be missing. */
    private void again(Tag tag) throws IOException {
        Digest digest = check(tag);
        Tag other = tags.get(random.nextInt(tags.size()));
        if (digest != null
                && other.repository().equals(tag.repository())
                && !points(other, digest, Objects.requireNonNull(manifests.get(digest)))) {
            throw new AssertionError(tag + " names " + digest + ", but a part of it is not there");
        }
    }

    private boolean points(Tag tag, Digest digest, byte[] manifest) throws IOException {
        Set<@Nullable Digest> before = possible(tag);
        may(tag, digest);
        boolean stored = registry.putManifest(tag.repository(), tag.name(), manifest);
        possible.put(tag, stored ? only(digest) : before);
        return stored;
    }

    private void untag(Tag tag) throws IOException {
        may(tag, null);
        registry.delete(tag.repository(), tag.name());
        possible.put(tag, nowhere());
    }

    /** By digest: all tags of that repository lose it at once. */
    private void delete(Tag tag) throws IOException {
        Digest digest = check(tag);
        if (digest == null) {
            return;
        }
        List<Tag> pointing = tags.stream()
                .filter(t ->
                        t.repository().equals(tag.repository()) && possible(t).contains(digest))
                .toList();
        pointing.forEach(t -> may(t, null));
        registry.delete(tag.repository(), digest.toString());
        for (Tag t : pointing) {
            Set<@Nullable Digest> rest = possible(t);
            rest.remove(digest);
            possible.put(t, rest);
        }
    }

    private void may(Tag tag, @Nullable Digest digest) {
        Set<@Nullable Digest> both = possible(tag);
        both.add(digest);
        possible.put(tag, both);
    }

    private Set<@Nullable Digest> possible(Tag tag) {
        return new HashSet<>(possible.getOrDefault(tag, nowhere()));
    }

    /** Holds the tag and all bytes under it against what it knows; returns where it points. */
    private @Nullable Digest check(Tag tag) throws IOException {
        Digest found = registry.whole(tag.repository(), tag.name());
        if (!possible(tag).contains(found)) {
            throw new AssertionError(tag + " points at " + found + ", but may at " + possible(tag));
        }
        possible.put(tag, only(found));
        return found;
    }

    /** All its tags; returns how many point somewhere. */
    int checkAll() throws IOException {
        int pointing = 0;
        for (Tag tag : tags) {
            pointing += check(tag) == null ? 0 : 1;
        }
        Set<@Nullable Digest> named = new HashSet<>();
        tags.forEach(tag -> named.addAll(possible(tag)));
        manifests.keySet().retainAll(named);
        return pointing;
    }
}
