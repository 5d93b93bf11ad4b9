package dev.waybill.server.distribution;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.db.Remembered;
import dev.waybill.server.registry.Manifest;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Manifests as somebody pulls them: whether they may, what it is, its bytes, what they should know of it. The same question
 * has the same answer until the next write, so it is remembered with who asked; whether the file is still there is looked at
 * each time, for a file can go without a write.
 */
final class PulledManifests {
    /** Larger ones are read each time: {@link #MOST} of these have to fit into a small server. */
    private static final int LARGEST = 16 * 1024;

    private static final int MOST = 512;

    private final Registry registry;
    private final Remembered<Question, Pulled> remembered;

    PulledManifests(Registry registry) {
        this.registry = registry;
        this.remembered = registry.remembered(MOST);
    }

    private record Question(ActorName actor, ApplicationName repository, Reference reference) {}

    /** @param bytes read-only */
    record Pulled(Manifest manifest, ByteBuffer bytes, List<String> warnings) {
        byte[] copy() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
    }

    /** {@code PULL_NOT_PERMITTED} or {@code MANIFEST_UNKNOWN}. */
    Pulled pull(ActorName actor, ApplicationName repository, Reference reference) throws IOException {
        Question question = new Question(actor, repository, reference);
        AtomicReference<Pulled> fresh = new AtomicReference<>();
        try {
            Optional<Pulled> known = remembered.get(question, () -> {
                Pulled read = read(question);
                fresh.set(read);
                return Optional.of(read).filter(PulledManifests::isSmall);
            });
            Pulled now = fresh.get();
            if (now != null) {
                return now;
            }
            return known.isPresent() && registry.manifests().isWhole(known.get().manifest())
                    ? known.get()
                    : read(question);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isSmall(Pulled pulled) {
        return pulled.bytes().remaining() <= LARGEST;
    }

    private Pulled read(Question question) {
        registry.pulls().require(question.actor(), question.repository(), question.reference());
        Manifest manifest = registry.manifests().require(question.repository(), question.reference());
        try {
            byte[] bytes = registry.manifests().pull(question.repository(), manifest);
            return new Pulled(
                    manifest,
                    ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                    registry.warnings(question.repository(), manifest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
