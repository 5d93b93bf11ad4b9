package dev.waybill.server.promotion;

import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Request;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.promotion.Rollback;
import dev.waybill.core.text.Count;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import dev.waybill.server.release.WayBack;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to bring an artifact into a slot, forward or back. */
public final class Promotions {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST = 1000;

    /** So many that begin alike are named. */
    private static final int NAMED = 5;

    /** Fewer digits would soon mean several. */
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{6,15}");

    private final Database database;
    private final Cargo cargo;
    private final Pipelines pipelines;
    private final Configurations configurations;
    private final Releases releases;
    private final Deciding deciding;
    private final PromotionStore store = new SqlPromotionStore();

    Promotions(
            Database database,
            Cargo cargo,
            Pipelines pipelines,
            Configurations configurations,
            Releases releases,
            Deciding deciding) {
        this.database = database;
        this.cargo = cargo;
        this.pipelines = pipelines;
        this.configurations = configurations;
        this.releases = releases;
        this.deciding = deciding;
    }

    /** What was asked for, resolved once; everything after decides on the digest. */
    record Wanted(Cargo.Item item, Slot slot) {}

    Wanted resolve(PromotionRequest request, Predicate<ApplicationName> mayRead) {
        Cargo.Item item = database.read(tx -> cargo.resolve(tx, Ref.parse(request.ref()), mayRead));
        return new Wanted(item, new Slot(request.to(), item.application()));
    }

    /**
     * Asks for a promotion and judges it at once. The same artifact that waits there already is that promotion; what runs
     * there already with this configuration is the promotion that brought it; {@code ARTIFACT_VETOED} when it was vetoed since.
     */
    Row request(Wanted wanted, Actor by) {
        Request request = request(wanted.slot(), wanted.item(), by);
        Row row = database.write(tx -> {
            pipelines.require(tx, wanted.slot().application()).pipeline().policy(wanted.slot());
            return waiting(tx, wanted).or(() -> nothingToDo(tx, wanted)).orElseGet(() -> {
                cargo.requireBytes(
                        tx, wanted.item().application(), wanted.item().digest());
                return begin(tx, Promotion.request(request));
            });
        });
        return deciding.decide(row.id());
    }

    /** Asks to bring a kept release back, by default the one that {@link WayBack} finds; {@code why} is required. */
    Row rollback(Slot slot, @Nullable Long to, String why, Actor by) {
        Release target =
                database.read(tx -> to == null ? previous(tx, slot) : releases.require(tx, new ReleaseId(slot, to)));
        Cargo.Item item = new Cargo.Item(
                target.says().artifact(), slot.application(), target.says().commit());
        Request request = request(slot, item, by);
        Rollback rollback = new Rollback(target.id(), why);
        Row row = database.write(tx -> begin(tx, Promotion.rollback(request, rollback)));
        return deciding.decide(row.id());
    }

    /**
     * The release that a rollback made, also when another one has taken its place since. {@code ROLLBACK_REFUSED} with the
     * gates' sentence, which is a logged summary too; {@code ROLLBACK_SUPERSEDED} when a later promotion was faster.
     */
    Release broughtBack(Tx tx, Row row) {
        if (row.promotion() instanceof Promotion.Refused refused) {
            throw new Problem.Refused(
                            "ROLLBACK_REFUSED",
                            "Rolling " + row.slot() + " back",
                            refused.evaluation().verdict().sentence(),
                            "Choose another release with --to; `waybill history " + row.slot() + "` lists them.")
                    .exception();
        }
        return releaseOf(tx, row)
                .orElseThrow(() -> new Problem.Conflict(
                                "ROLLBACK_SUPERSEDED",
                                "Rolling " + row.slot() + " back",
                                row.promotion() instanceof Promotion.Superseded superseded
                                        ? superseded.sentence() + " No release was made."
                                        : "it is " + row.promotion().state() + ", and no release was made.",
                                "Look at what came instead with `waybill status`; roll back again if it is still wanted.")
                        .exception());
    }

    /** A promotion that was superseded while it deployed no longer names its release; the summary that let it through does. */
    private Optional<Release> releaseOf(Tx tx, Row row) {
        return Views.released(row.promotion())
                .map(Promotion.Released::release)
                .or(() -> releases.all(tx, row.slot(), MOST).stream()
                        .filter(r -> r.says().summary().equals(row.summary()))
                        .map(Release::id)
                        .min(Comparator.comparingLong(ReleaseId::number)))
                .map(id -> releases.require(tx, id));
    }

    private Row begin(Tx tx, Promotion promotion) {
        Row row = store.insert(tx, promotion);
        deciding.keep(tx, row);
        return row;
    }

    private Request request(Slot slot, Cargo.Item item, Actor by) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        List<String> emails = by.emails().stream().sorted().toList();
        return new Request(HexFormat.of().formatHex(random), slot, item.digest(), by.name(), emails, deciding.now());
    }

    private Optional<Row> waiting(Tx tx, Wanted wanted) {
        return store.open(tx, wanted.slot()).stream()
                .filter(r -> r.promotion() instanceof Promotion.Undecided u && u.rollback() == null)
                .filter(r ->
                        r.promotion().request().artifact().equals(wanted.item().digest()))
                .findFirst();
    }

    private Optional<Row> nothingToDo(Tx tx, Wanted wanted) {
        long version = configurations
                .current(tx, wanted.slot())
                .map(c -> c.says().version())
                .orElse(0L);
        Optional<Release> there = releases.approved(tx, wanted.slot())
                .filter(r -> r.isSame(wanted.item().digest(), version)
                        && !r.outcome().isFailure());
        there.ifPresent(r ->
                deciding.veto(tx, wanted.slot(), wanted.item().digest()).ifPresent(veto -> refuse(wanted, r, veto)));
        return there.flatMap(r -> store.byRelease(tx, r.id()));
    }

    /** That it stands there already is no yes to asking for it. */
    private static void refuse(Wanted wanted, Release there, Mark veto) {
        String since = there.outcome() == Release.Outcome.SUCCEEDED ? "is deployed" : "is approved";
        throw new Problem.Refused(
                        "ARTIFACT_VETOED",
                        "Promoting " + wanted.item().digest().shortHex() + " to " + wanted.slot(),
                        "it was vetoed " + (veto.slot() == null ? "everywhere" : "for " + veto.slot()) + " by "
                                + veto.by() + " on " + veto.at() + " (" + veto.reason() + "). It " + since
                                + " there already as " + there.id() + ", and nothing was changed.",
                        "Promote another artifact, or go back with `waybill rollback " + wanted.slot()
                                + " --why TEXT`; or end the veto.")
                .exception();
    }

    private Release previous(Tx tx, Slot slot) {
        return new WayBack(
                        slot,
                        releases.all(tx, slot, MOST),
                        r -> deciding.veto(tx, slot, r.says().artifact()).isPresent())
                .target();
    }

    Row require(String id) {
        return require(id, slot -> true);
    }

    /**
     * By its id, or by enough of its first digits; {@code PROMOTION_UNKNOWN}, {@code PROMOTION_AMBIGUOUS}.
     *
     * @param mayRead of which slots the caller may hear; others are none of those that begin so
     */
    Row require(String id, Predicate<Slot> mayRead) {
        return database.read(tx -> store.find(tx, id).or(() -> beginning(tx, id, mayRead)))
                .orElseThrow(() -> Judging.unknown(id));
    }

    private Optional<Row> beginning(Tx tx, String digits, Predicate<Slot> mayRead) {
        if (!BEGINNING.matcher(digits).matches()) {
            return Optional.empty();
        }
        List<Row> found = store.list(tx, new PromotionStore.Choice(null, false, digits, MOST)).stream()
                .filter(row -> mayRead.test(row.slot()))
                .toList();
        if (found.size() > 1) {
            throw new Problem.Malformed(
                            "PROMOTION_AMBIGUOUS",
                            "Looking for promotion " + digits,
                            Count.of(found.size(), "promotion begins so", "promotions begin so") + ": "
                                    + found.stream()
                                            .limit(NAMED)
                                            .map(Promotions::named)
                                            .collect(Collectors.joining(", "))
                                    + (found.size() > NAMED ? " and others." : "."),
                            "Give more digits of its id.")
                    .exception();
        }
        return found.stream().findFirst();
    }

    private static String named(Row row) {
        return row.id() + " (" + row.promotion().request().artifact().shortHex() + " to " + row.slot() + ", "
                + Views.state(row.promotion()) + ")";
    }

    /** Newest first; of one slot, or of all when it is null. */
    List<Row> list(@Nullable Slot slot, boolean openOnly, int limit) {
        return database.read(tx -> store.list(tx, PromotionStore.Choice.of(slot, openOnly, limit)));
    }

    /** Applications that have a pipeline, by name. */
    List<ApplicationName> applications() {
        return database.read(pipelines::applications);
    }

    /** The promotion that made a release; empty for one that an agent made alone. */
    Optional<Row> of(Tx tx, ReleaseId release) {
        return store.byRelease(tx, release);
    }
}
