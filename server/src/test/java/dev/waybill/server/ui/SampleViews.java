package dev.waybill.server.ui;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.TargetView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.ApprovalView;
import dev.waybill.api.promotion.GateView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.CommitNote;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.ReleaseMade;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small shop's story: what pages show when much of what can be is the case. {@code evil} stands where people type. */
final class SampleViews {
    static final String EVIL = "<script>alert('x')</script>\" onmouseover=\"alert(1)";

    final Instant now;

    SampleViews(Instant now) {
        this.now = now;
    }

    static Digest digest(String seed) {
        return Digest.sha256(seed.getBytes(StandardCharsets.UTF_8));
    }

    static CommitId commit(String seed) {
        return new CommitId(digest("commit " + seed).hex().substring(0, 40));
    }

    Instant ago(Duration age) {
        return now.minus(age);
    }

    static Fact fact(String label, String text) {
        return new Fact(label, text, true, digest(label + text), 41L + text.length(), "server, ingest key");
    }

    static Fact claim(String label, String text) {
        return new Fact(label, text, false, null, null, null);
    }

    Shown shown(String version, @Nullable String release, Duration age) {
        return new Shown(
                digest(version),
                commit(version),
                List.of(new Version(version)),
                release == null ? null : ReleaseId.parse(release),
                ago(age),
                true,
                digest("statement " + version));
    }

    TargetView target(String agent, String version, Duration age, boolean silent) {
        return new TargetView(
                new AgentName(agent),
                "/srv/shop",
                "running",
                shown(version, null, age),
                ago(age),
                silent ? ago(age) : null,
                "sha256 of the files that pid 4127 has open");
    }

    RunningView running(String slot, String version, int targets) {
        List<TargetView> seen = new ArrayList<>();
        for (int i = 1; i <= targets; i++) {
            seen.add(target("host-" + i, version, Duration.ofSeconds(4L * i), false));
        }
        Shown shown = shown(version, slot + "#12", Duration.ofHours(3));
        return new RunningView(
                Slot.parse(slot),
                shown,
                shown,
                seen,
                targets,
                "agreed",
                targets + " of " + targets + " targets run what was commanded.",
                false,
                null,
                List.of());
    }

    RunningView drift(String slot) {
        return new RunningView(
                Slot.parse(slot),
                shown("2.4.1", slot + "#176", Duration.ofHours(2)),
                shown("2.4.1", slot + "#176", Duration.ofHours(2)),
                List.of(
                        target("host-1", "2.4.1", Duration.ofSeconds(9), false),
                        target("host-2", "2.4.1", Duration.ofSeconds(4), false),
                        target("host-3", "2.3.9", Duration.ofMinutes(50), false)),
                2,
                "drift",
                "host-3 runs 2.3.9, not the commanded 2.4.1, since 50 minutes.",
                true,
                new MarkView(
                        Mark.Kind.HOLD,
                        Slot.parse(slot).application(),
                        Slot.parse(slot),
                        null,
                        "It is Friday.",
                        new ActorName("release-manager"),
                        ago(Duration.ofHours(1)),
                        digest("hold")),
                List.of(veto(slot, "2.3.9")));
    }

    MarkView veto(String slot, String version) {
        return new MarkView(
                Mark.Kind.VETO,
                Slot.parse(slot).application(),
                null,
                digest(version),
                "It loses orders.",
                new ActorName("release-manager"),
                ago(Duration.ofHours(1)),
                digest("veto " + version));
    }

    RunningView silent(String slot) {
        return new RunningView(
                Slot.parse(slot),
                shown("0.9.2", slot + "#3", Duration.ofDays(3)),
                shown("0.9.2", slot + "#3", Duration.ofDays(3)),
                List.of(target("edge-7", "0.9.2", Duration.ofHours(3), true)),
                1,
                "unknown",
                "edge-7 has been silent; what it runs is unknown.",
                false,
                null,
                List.of());
    }

    RunningView moving(String slot) {
        return new RunningView(
                Slot.parse(slot),
                shown("1.9.0", slot + "#31", Duration.ofMinutes(1)),
                shown("1.9.0", slot + "#31", Duration.ofMinutes(1)),
                List.of(target("host-1", "1.8.4", Duration.ofSeconds(12), false)),
                0,
                "deploying",
                "Release 31 is on its way to host-1.",
                false,
                null,
                List.of());
    }

    RunningView empty(String slot) {
        return new RunningView(
                Slot.parse(slot), null, null, List.of(), 0, "empty", "Nothing was ever here.", false, null, List.of());
    }

    BoardView board() {
        return new BoardView(
                List.of(
                        new BoardView.Row(
                                new ApplicationName("billing"),
                                List.of(
                                        running("dev/billing", "1.9.0", 1),
                                        running("staging/billing", "1.9.0", 2),
                                        moving("production/billing")),
                                List.of()),
                        new BoardView.Row(
                                new ApplicationName("edge/router"),
                                List.of(running("lab/edge/router", "0.9.2", 1), silent("production/edge/router")),
                                List.of()),
                        new BoardView.Row(
                                new ApplicationName("mailer"),
                                List.of(
                                        running("dev/mailer", "4.0.0-rc1", 1),
                                        empty("staging/mailer"),
                                        empty("production/mailer")),
                                List.of()),
                        new BoardView.Row(
                                new ApplicationName("shop"),
                                List.of(
                                        running("dev/shop", "2.5.0", 1),
                                        running("staging/shop", "2.5.0", 3),
                                        drift("production/shop")),
                                List.of(new BoardView.Waiting(
                                        "p-7",
                                        Slot.parse("production/shop"),
                                        "2.5.0 needs one more approval from release managers: asked 12 min ago.",
                                        "Review")))),
                4,
                now);
    }

    BoardView large(int applications) {
        List<BoardView.Row> rows = new ArrayList<>();
        for (int i = 0; i < applications; i++) {
            String name = "application-" + i;
            List<RunningView> cells = new ArrayList<>();
            for (String environment : List.of("dev", "test", "staging", "production")) {
                cells.add(running(environment + "/" + name, "1." + i + ".0", 3));
            }
            rows.add(new BoardView.Row(new ApplicationName(name), cells, List.of()));
        }
        return new BoardView(rows, 500, now);
    }

    WaybillView waybill(String typed) {
        List<FileInside> goods = List.of(
                new FileInside("shop.jar", 4_812_331, digest("jar")),
                new FileInside("lib/jackson-core-3.2.4.jar", 612_004, digest("jackson")),
                new FileInside("lib/money-1.0.jar", 8_120, digest("money")));
        return new WaybillView(
                new ApplicationName("shop"),
                digest("2.5.0"),
                commit("2.5.0"),
                List.of(new Version("2.5.0")),
                List.of(
                        fact("author", "developer <fourth@example.com>"),
                        fact("subject", typed),
                        fact("repository", "https://git.example.com/shop.git"),
                        fact("build", "run 8812, 2 min 10 s, by ci"),
                        fact("builder", "fingerprint 7d0e41c2aa10: Temurin 25.0.3, Maven 3.8.7, Linux amd64")),
                goods,
                List.of(
                        fact("test unit", "PASSED: 412 tests, 0 failed, inside the build"),
                        fact("test acceptance", "PASSED: 38 tests, on staging, observed before and after"),
                        fact("bill of material", "CycloneDX 1.6, 61 components"),
                        new Fact(
                                "scan",
                                "no finding above medium, as the pipeline said",
                                false,
                                digest("scan"),
                                77L,
                                "server, ingest key")),
                List.of(
                        fact("dev", "released as dev/shop#201 by ci, 19 Nov 16:40"),
                        fact("dev", "observed on host-1, 19 Nov 16:41"),
                        fact("staging", "approved by policy, 19 Nov 16:44"),
                        fact("staging", "released as staging/shop#98, 19 Nov 16:44"),
                        fact("staging", "deployed to 3 targets, 19 Nov 16:45"),
                        fact("staging", "observed on 3 of 3 targets, 4 s ago"),
                        fact("production", "waiting for one more approval")),
                List.of(claim("author", "nobody else confirms who wrote the commit")));
    }

    DiffView diff(String typed) {
        return new DiffView(
                shown("2.4.1", "production/shop#176", Duration.ofDays(2)),
                shown("2.5.0", null, Duration.ofHours(3)),
                List.of(
                        note("Round prices half to even", "developer"),
                        note(typed, "release manager"),
                        note("Give the health page the release's name", "developer")),
                false,
                List.of(
                        new DiffView.KeyChanged("CHECKOUT_TIMEOUT", "changed", "3s", "5s"),
                        new DiffView.KeyChanged("PAYMENT_TOKEN", "added", null, "a secret")),
                List.of(new DiffView.KeyChanged("health", "changed", "tcp", "http /health")),
                List.of(
                        new DiffView.FileChanged("shop.jar", "changed", digest("old jar"), digest("jar")),
                        new DiffView.FileChanged("lib/money-1.0.jar", "added", null, digest("money"))),
                List.of(),
                List.of(fact("test acceptance", "PASSED: 38 tests, on staging")),
                "3 commits, 2 configuration keys and 2 files between 2.4.1 and 2.5.0.");
    }

    private static CommitNote note(String subject, String author) {
        return new CommitNote(commit(subject), new Person(author, "someone@example.com"), subject);
    }

    PromotionView promotion(String state, String typed) {
        return new PromotionView(
                "p-7",
                Slot.parse("production/shop"),
                digest("2.5.0"),
                commit("2.5.0"),
                List.of(new Version("2.5.0")),
                state,
                "It needs one more approval from release managers: asked 12 min ago.",
                List.of(
                        new GateView("order", "passed", "It runs in staging since 3 hours.", List.of(digest("o"))),
                        new GateView(
                                "tests",
                                "passed",
                                "Suites unit and acceptance passed on exactly these bytes.",
                                List.of(digest("t1"), digest("t2"))),
                        new GateView(
                                "approvals",
                                "waiting",
                                "1 of 2 approvals by somebody who wrote none of it.",
                                List.of()),
                        new GateView("soak", "refused", "It served staging for 12 minutes of 1 hour.", List.of())),
                List.of(
                        new ApprovalView(
                                new ActorName("release-manager"),
                                Approval.Decision.APPROVED,
                                typed,
                                ago(Duration.ofMinutes(8)),
                                true,
                                null,
                                digest("approval")),
                        new ApprovalView(
                                new ActorName("robin"),
                                Approval.Decision.APPROVED,
                                null,
                                ago(Duration.ofMinutes(20)),
                                false,
                                "The approval by robin on 2026-11-20T13:42:00Z does not count any more.",
                                digest("void approval"))),
                digest("covers"),
                7,
                null,
                null,
                new ActorName("ci"),
                ago(Duration.ofMinutes(12)),
                null,
                5);
    }

    HistoryView history(String typed) {
        List<HistoryView.Line> lines = new ArrayList<>();
        lines.add(line(176, "2.4.1", Duration.ofHours(2), null, typed));
        lines.add(line(175, "2.4.0", Duration.ofDays(4), Duration.ofHours(94), null));
        lines.add(line(174, "2.3.9", Duration.ofDays(11), Duration.ofDays(7), null));
        return new HistoryView(Slot.parse("production/shop"), lines);
    }

    private HistoryView.Line line(
            long number, String version, Duration age, @Nullable Duration served, @Nullable String why) {
        ReleaseView release = new ReleaseView(
                new ReleaseId(Slot.parse("production/shop"), number),
                digest(version),
                commit(version),
                List.of(new Version(version)),
                7,
                why == null ? ReleaseMade.Cause.PROMOTION : ReleaseMade.Cause.ROLLBACK,
                why == null ? null : 174L,
                why,
                new ActorName("release-manager"),
                ago(age),
                digest("release " + number),
                digest("summary " + number),
                "succeeded");
        return new HistoryView.Line(
                release,
                ago(age),
                served == null ? null : ago(age).plus(served),
                served == null ? null : Long.valueOf(served.toSeconds()),
                true,
                "local copies 3/3, verified 2 h ago");
    }

    WhyView why() {
        return new WhyView(
                Slot.parse("production/shop"),
                digest("2.4.1"),
                true,
                "2 of 3 targets run 2.4.1, which release-manager and operator approved after 412 unit and 38 acceptance tests passed on exactly"
                        + " these bytes.",
                List.of(),
                null,
                List.of(
                        new WhyView.Step(
                                "Observed",
                                List.of(new Fact(
                                        "host-1",
                                        "runs " + digest("2.4.1").shortHex() + ", read 9 s ago",
                                        true,
                                        digest("obs"),
                                        902L,
                                        "agent/host-1"))),
                        new WhyView.Step("Release", List.of(fact("production/shop#176", "made by release-manager"))),
                        new WhyView.Step(
                                "Approvals",
                                List.of(fact("release-manager", "approved"), fact("operator", "approved"))),
                        new WhyView.Step("Verification summary", List.of(fact("PASSED", "4 of 4 gates"))),
                        new WhyView.Step("Tests", List.of(fact("unit", "PASSED: 412 tests, inside the build"))),
                        new WhyView.Step("Commit", List.of(claim("author", "developer, as the commit says")))));
    }
}
