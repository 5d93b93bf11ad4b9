package dev.waybill.agent.report;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.observe.Seen;
import dev.waybill.agent.store.Disk;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.SeenCheckpoint;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One target's statements: made, numbered, queued, delivered. Safe for use by many threads. */
public final class Reports {
    /** Who speaks, and about what. */
    public record Speaker(
            AgentName agent, String target, Slot slot, SigningKey key, Supplier<@Nullable SeenCheckpoint> checkpoint) {}

    private final Disk disk;
    private final Path file;
    private final Speaker speaker;
    private Book book;

    public Reports(Disk disk, Path file, Speaker speaker) throws IOException {
        this.disk = disk;
        this.file = file;
        this.speaker = speaker;
        this.book = disk.read(file).map(bytes -> Json.read(bytes, Book.class)).orElse(Book.EMPTY);
    }

    /** Says how an action ended, unless that was said before; {@code bump} when its release is thereby dealt with. */
    public synchronized void deployment(Ended ended, boolean bump) throws IOException {
        Book.Chain chain = book.deployments();
        if (ended.key().equals(chain.lastKey())) {
            return;
        }
        Ended.Offline offline = ended.offline();
        Deployment deployment = new Deployment(
                speaker.agent(),
                speaker.target(),
                chain.number() + 1,
                chain.head(),
                ended.release(),
                ended.outcome(),
                ended.running(),
                offline != null,
                offline == null ? null : offline.by(),
                offline == null ? null : offline.why(),
                ended.startedAt(),
                ended.finishedAt(),
                ended.detail(),
                speaker.checkpoint().get());
        Signed signed = sign(deployment, ended.artifact());
        long handled = bump ? Math.max(book.handled(), ended.release().number()) : book.handled();
        keep(new Book(
                new Book.Chain(chain.number() + 1, signed.id(), ended.key()),
                book.observations(),
                book.lastObservation(),
                handled,
                book.release(),
                queued(signed)));
    }

    /** Says what was seen, as the next observation of the chain. */
    public synchronized void observation(Seen seen, Instant at) throws IOException {
        Book.Chain chain = book.observations();
        Observation observation = observation(seen, chain.number() + 1, chain.head(), at);
        Signed signed = sign(observation, subject(seen));
        keep(new Book(
                book.deployments(),
                new Book.Chain(chain.number() + 1, signed.id(), null),
                observation,
                book.handled(),
                book.release(),
                queued(signed)));
    }

    /** A sign of life: signed, kept by the server as the latest, never logged; it repeats the chain's last number. */
    public synchronized SignedBody heartbeat(Seen seen, Instant at) {
        Book.Chain chain = book.observations();
        return body(sign(observation(seen, chain.number(), chain.head(), at), subject(seen)));
    }

    public synchronized Optional<Observation> lastObservation() {
        return Optional.ofNullable(book.lastObservation());
    }

    /** The highest release number that was dealt with. */
    public synchronized long handled() {
        return book.handled();
    }

    /** The number of the last release statement that was verified here. */
    public synchronized OptionalLong lastRelease() {
        return book.release() == null
                ? OptionalLong.empty()
                : OptionalLong.of(book.release().number());
    }

    public synchronized Optional<Digest> lastReleaseId() {
        return Optional.ofNullable(book.release()).map(Book.Release::id);
    }

    public synchronized void releaseSeen(long number, Digest id) throws IOException {
        keep(new Book(
                book.deployments(),
                book.observations(),
                book.lastObservation(),
                book.handled(),
                new Book.Release(number, id),
                book.queue()));
    }

    /** What the server does not have yet, oldest first. */
    public synchronized List<SignedBody> waiting() {
        return book.queue();
    }

    /** The server has the first {@code count} of what was waiting. */
    public synchronized void delivered(int count) throws IOException {
        keep(new Book(
                book.deployments(),
                book.observations(),
                book.lastObservation(),
                book.handled(),
                book.release(),
                book.queue().subList(count, book.queue().size())));
    }

    private Observation observation(Seen seen, long number, @Nullable Digest previous, Instant at) {
        return new Observation(
                speaker.agent(),
                speaker.target(),
                number,
                previous,
                speaker.slot(),
                seen.state(),
                seen.artifact(),
                seen.release(),
                seen.how(),
                seen.process(),
                seen.files(),
                at,
                speaker.checkpoint().get());
    }

    private Digest subject(Seen seen) {
        Digest artifact = seen.artifact();
        return artifact == null ? Digest.sha256(speaker.slot().toString().getBytes(StandardCharsets.UTF_8)) : artifact;
    }

    private Signed sign(Predicate predicate, Digest subject) {
        return speaker.key()
                .sign(Statement.of(predicate, Subject.of(speaker.slot().toString(), subject)));
    }

    private List<SignedBody> queued(Signed signed) {
        List<SignedBody> queue = new ArrayList<>(book.queue());
        queue.add(body(signed));
        return queue;
    }

    private static SignedBody body(Signed signed) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new SignedBody(
                base64.encodeToString(signed.payload()),
                base64.encodeToString(signed.signature()),
                base64.encodeToString(signed.publicKey()));
    }

    private void keep(Book next) throws IOException {
        disk.write(file, Json.write(next));
        book = next;
    }
}
