package dev.waybill.server.tag;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tags: labels that point at a manifest. Every move is a fact, signed before and logged inside its transaction. */
public final class Tags {
    private static final int TRIES = 50;

    private final Database database;
    private final TagRules rules;
    private final TagFacts facts;
    private final CommitTags commits;
    private final Clock clock;
    private final TagStore store = new SqlTagStore();

    public Tags(Database database, TagRules rules, TagFacts facts, CommitTags commits, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.facts = facts;
        this.commits = commits;
        this.clock = clock;
    }

    /** One move of a tag; {@code digest} is null where it was removed. */
    public record Past(long move, @Nullable Digest digest, Instant at, ActorName by) {}

    /** What shall move, by whom. {@code target} null removes. */
    public record Wish(
            ApplicationName repository,
            List<Version> tags,
            @Nullable Digest target,
            ActorName by) {
        public Wish {
            tags = List.copyOf(tags);
        }
    }

    /** Moves with their facts, signed against the state that they were made for. */
    private record Prepared(List<Change> changes, List<Fact> registrations) {
        record Change(TagMove move, TagState before, Fact fact) {}

        Prepared {
            changes = List.copyOf(changes);
            registrations = List.copyOf(registrations);
        }
    }

    /** Where the tag points. */
    public Optional<Digest> find(ApplicationName repository, Version tag) {
        return database.read(tx -> find(tx, repository, tag));
    }

    public Optional<Digest> find(Tx tx, ApplicationName repository, Version tag) {
        return Optional.ofNullable(store.state(tx, repository, tag).digest());
    }

    /** In the order of their bytes, after {@code last}. */
    public List<Version> list(ApplicationName repository, @Nullable String last, int limit) {
        return database.read(tx -> store.list(tx, repository, last, limit));
    }

    /** The tags that point at a manifest. */
    public List<Version> of(Tx tx, ApplicationName repository, Digest digest) {
        return store.pointingAt(tx, repository, digest);
    }

    /** Newest first; {@code before} is the number of a move, exclusive. */
    public List<Past> history(ApplicationName repository, Version tag, long before, int limit) {
        return database.read(tx -> store.history(tx, repository, tag, before, limit));
    }

    /** Removes a tag; the manifest stays. False if there is no such tag. */
    public boolean remove(ApplicationName repository, Version tag, ActorName by) {
        return settle(new Wish(repository, List.of(tag), null, by), tx -> {});
    }

    /** What a caller writes in the transaction that moves the tags. */
    @FunctionalInterface
    public interface Along {
        void write(Tx tx);
    }

    /** Signs, compares, writes; when a tag or a fact's ground has moved meanwhile, signs again. True when a tag moved. */
    public boolean settle(Wish wish, Along along) {
        for (int i = 0; i < TRIES; i++) {
            Prepared prepared = prepare(wish);
            boolean done = database.write(tx -> {
                if (!stands(tx, prepared)) {
                    return false;
                }
                along.write(tx);
                apply(tx, prepared);
                return true;
            });
            if (done) {
                return !prepared.changes().isEmpty();
            }
        }
        throw busy(wish);
    }

    private static ProblemException busy(Wish wish) {
        return new Problem.Conflict(
                        "TAG_BUSY",
                        "Moving tags of " + wish.repository(),
                        "others moved them " + TRIES + " times meanwhile.",
                        "Look where they point now, then try again.")
                .exception();
    }

    private Prepared prepare(Wish wish) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Prepared.Change> changes = new ArrayList<>();
        List<Fact> registrations = new ArrayList<>();
        for (Version tag : wish.tags()) {
            Digest target = wish.target();
            Optional<CommitId> commit = commit(wish.repository(), tag);
            if (target != null && commit.isPresent()) {
                registrations.add(commits.pushed(wish.repository(), commit.get(), target, wish.by()));
            }
            TagState now = database.read(tx -> store.state(tx, wish.repository(), tag));
            if (target != null && commit.isEmpty()) {
                rules.require(wish.repository(), tag, now, target, digest -> names(wish, digest));
            }
            if (!Objects.equals(now.digest(), target)) {
                TagMove move = new TagMove(wish.repository(), tag, now.digest(), target, wish.by(), after(now, at));
                changes.add(new Prepared.Change(move, now, facts.sign(move)));
            }
        }
        return new Prepared(changes, registrations);
    }

    /** Names that come with the same push count: all of them move, or none. */
    private List<Version> names(Wish wish, Digest digest) {
        List<Version> names = new ArrayList<>(database.read(tx -> store.pointingAt(tx, wish.repository(), digest)));
        if (digest.equals(wish.target())) {
            names.addAll(wish.tags());
        }
        return names;
    }

    private static Instant after(TagState now, Instant at) {
        Instant earliest = now.at().plusMillis(1);
        return at.isBefore(earliest) ? earliest : at;
    }

    private Optional<CommitId> commit(ApplicationName repository, Version tag) {
        return namesCommit(repository, tag) ? Optional.of(new CommitId(tag.value())) : Optional.empty();
    }

    /** True for a full commit id: pushing it registers, and it keeps nothing. */
    public boolean namesCommit(ApplicationName repository, Version tag) {
        return tag.value().matches("[0-9a-f]{40}|[0-9a-f]{64}") && !rules.floats(repository);
    }

    /** True for a repository where tags move and manifests may be sparse. */
    public boolean floats(ApplicationName repository) {
        return rules.floats(repository);
    }

    private boolean stands(Tx tx, Prepared prepared) {
        for (Prepared.Change change : prepared.changes()) {
            TagMove move = change.move();
            if (store.state(tx, move.application(), move.tag()).moves()
                            != change.before().moves()
                    || !change.fact().holds(tx)) {
                return false;
            }
        }
        return prepared.registrations().stream().allMatch(f -> f.holds(tx));
    }

    private void apply(Tx tx, Prepared prepared) {
        prepared.registrations().forEach(f -> f.append(tx));
        for (Prepared.Change change : prepared.changes()) {
            store.move(tx, change.move(), change.before());
            change.fact().append(tx);
        }
    }
}
