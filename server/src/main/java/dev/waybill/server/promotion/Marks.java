package dev.waybill.server.promotion;

import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.History;
import dev.waybill.core.policy.InForce;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.history.Histories;
import dev.waybill.server.history.Targets;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hold, pin, veto and their end. They have no rows: few as they are, they are read from the ledger. */
public final class Marks {
    private static final int PAGE = 500;
    private static final ActorName SERVER = new ActorName("waybill");

    private final Database database;
    private final Ledger ledger;
    private final Facts facts;
    private final Below below;
    private final Deciding deciding;
    private final Brought brought;

    /** The rooms below that know what can be marked. */
    record Below(Cargo cargo, Pipelines pipelines, Releases releases, Targets targets) {}

    Marks(Database database, Ledger ledger, Facts facts, Below below, Deciding deciding, Brought brought) {
        this.database = database;
        this.ledger = ledger;
        this.facts = facts;
        this.below = below;
        this.deciding = deciding;
        this.brought = brought;
    }

    /** What a request marks: a slot for a hold, else an artifact (a veto may be for one slot only). */
    record Wanted(
            ApplicationName application,
            @Nullable Slot slot,
            @Nullable Digest artifact) {}

    Wanted resolve(MarkRequest request, Predicate<ApplicationName> mayRead) {
        Slot slot = request.slot();
        if (request.reason().isBlank()) {
            throw invalid(request, "there is no reason.", "Say why: --reason TEXT.");
        }
        if (request.kind() == Mark.Kind.HOLD) {
            if (slot == null || request.ref() != null) {
                throw invalid(request, "a hold is of a slot and of nothing else.", "Name ENV/APP.");
            }
            return new Wanted(slot.application(), slot, null);
        }
        String ref = request.ref();
        if (ref == null || (slot != null && request.kind() == Mark.Kind.PIN)) {
            throw invalid(request, "it is of an artifact.", "Name the artifact.");
        }
        Cargo.Item item = database.read(tx -> below.cargo().resolve(tx, Ref.parse(ref), mayRead));
        if (slot != null && !slot.application().equals(item.application())) {
            throw invalid(request, item.digest() + " is of " + item.application() + ".", "Name a slot of it.");
        }
        return new Wanted(item.application(), slot, item.digest());
    }

    /**
     * Logs the mark or its end. {@code SLOT_UNKNOWN} when no pipeline has the slot (what stands there still may be ended);
     * {@code MARK_UNKNOWN} when there is none to end.
     */
    MarkView set(Wanted wanted, MarkRequest request, ActorName by) {
        Mark says = new Mark(
                request.kind(),
                request.end(),
                wanted.application(),
                wanted.slot(),
                wanted.artifact(),
                request.reason(),
                by,
                deciding.now());
        Signed signed = new Signing(ledger.keys()).mark(says);
        Slot slot = says.slot();
        database.change(tx -> {
            if (!says.ended() && slot != null) {
                below.pipelines().requireSlot(tx, slot);
            }
            if (says.ended()
                    && standing(tx, wanted.application()).stream()
                            .noneMatch(m -> m.mark().says().sameAs(says))) {
                throw new Problem.NotFound(
                                "MARK_UNKNOWN",
                                "Ending a " + name(says.kind()),
                                "there is none in force.",
                                "Nothing has to be ended; a promotion says which hold or veto it meets.")
                        .exception();
            }
            ledger.append(tx, signed);
            apply(tx, says);
        });
        return view(new Fact<>(signed.id(), -1, says));
    }

    private void apply(Tx tx, Mark says) {
        Digest artifact = says.artifact();
        if (artifact == null) {
            return;
        }
        if (says.kind() == Mark.Kind.PIN) {
            String why = "pin in " + says.application();
            if (says.ended()) {
                deciding.keeps().release(tx, artifact, why);
            } else {
                below.cargo().requireBytes(tx, says.application(), artifact);
                deciding.keeps().keep(tx, artifact, new Keeps.Reason(why, says.by()));
            }
        } else {
            permit(tx, says, artifact);
        }
    }

    private void permit(Tx tx, Mark says, Digest artifact) {
        below.releases().slotsOf(tx, artifact).stream()
                .filter(slot -> slot.application().equals(says.application()))
                .filter(slot -> says.slot() == null || slot.equals(says.slot()))
                .forEach(slot -> deciding.allow(tx, slot, artifact));
    }

    /**
     * Ends the holds that the server set after a failure, where a release made later has succeeded on every target: that
     * release superseded them (section 6, Failure). Not where a person holds the slot, too: an end is of all holds of a slot,
     * and theirs is for people to end.
     */
    void endOvertaken() {
        for (Release by : database.read(this::overtaking)) {
            Signed end = new Signing(ledger.keys()).end(by, SERVER, deciding.now());
            database.change(tx -> {
                if (overtaking(tx).contains(by)) {
                    ledger.append(tx, end);
                }
            });
        }
    }

    /** The newest releases of slots that only the server holds, if they were made after those holds and went well. */
    private List<Release> overtaking(Tx tx) {
        Map<Slot, List<History.HeldMark>> holds = new LinkedHashMap<>();
        InForce<History.HeldMark> standing = new InForce<>(held -> held.mark().says());
        facts.reading(tx)
                .everyMark(mark -> mark.kind() == Mark.Kind.HOLD)
                .forEach(e -> standing.hear(Histories.held(e)));
        for (History.HeldMark held : standing.all()) {
            Slot slot = held.mark().says().slot();
            if (slot != null) {
                holds.computeIfAbsent(slot, s -> new ArrayList<>()).add(held);
            }
        }
        return holds.entrySet().stream()
                .filter(slot -> slot.getValue().stream().allMatch(History.HeldMark::afterFailure))
                .flatMap(slot -> below.releases().approved(tx, slot.getKey()).stream()
                        .filter(newest -> overtakes(tx, newest, slot.getValue())))
                .toList();
    }

    private boolean overtakes(Tx tx, Release newest, List<History.HeldMark> holds) {
        List<String> targets = below.targets().of(tx, newest.says().slot()).stream()
                .map(History.Target::toString)
                .toList();
        long made = ledger.find(tx, newest.statement()).map(Entry::index).orElse(-1L);
        return newest.outcome() == Release.Outcome.SUCCEEDED
                && !targets.isEmpty()
                && holds.stream().allMatch(held -> held.mark().index() < made)
                && brought.everywhere(tx, newest, targets);
    }

    /** Marks in force of an application, oldest first. */
    public List<MarkView> of(Tx tx, ApplicationName application) {
        return standing(tx, application).stream().map(m -> view(m.mark())).toList();
    }

    private List<History.HeldMark> standing(Tx tx, ApplicationName application) {
        Facts.Reading reading = facts.reading(tx);
        InForce<History.HeldMark> standing = new InForce<>(held -> held.mark().says());
        long seen = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.MARK, seen, PAGE);
            for (Entry entry : page) {
                seen = entry.index();
                History.HeldMark held = Histories.held(entry);
                if (held.mark().says().application().equals(application) && reading.counts(entry)) {
                    standing.hear(held);
                }
            }
        } while (page.size() == PAGE);
        return standing.all();
    }

    private static MarkView view(Fact<Mark> mark) {
        Mark says = mark.says();
        return new MarkView(
                says.kind(),
                says.application(),
                says.slot(),
                says.artifact(),
                says.reason(),
                says.by(),
                says.at(),
                mark.id());
    }

    private static String name(Mark.Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static RuntimeException invalid(MarkRequest request, String missing, String next) {
        return new Problem.Malformed("MARK_INVALID", "Setting a " + name(request.kind()), missing, next).exception();
    }
}
