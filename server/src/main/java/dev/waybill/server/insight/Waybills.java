package dev.waybill.server.insight;

import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.db.Tx;
import dev.waybill.server.evidence.Evidence;
import dev.waybill.server.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Everything known about one artifact. */
final class Waybills {
    private final Ledger ledger;
    private final Artifacts artifacts;
    private final Evidence evidence;
    private final GoodsStore goods;

    Waybills(Ledger ledger, Artifacts artifacts, Evidence evidence, GoodsStore goods) {
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.evidence = evidence;
        this.goods = goods;
    }

    WaybillView view(Tx tx, Digest digest, Sight sight) {
        Artifact artifact = artifacts.require(tx, digest, sight::sees);
        Ink ink = new Ink(ledger, tx);
        return new WaybillView(
                artifact.application(),
                digest,
                artifact.commit(),
                artifacts.versions(tx, artifact),
                consignor(ink, artifact),
                goods.layers(tx, artifact.application(), digest),
                papers(tx, ink, digest),
                Route.of(ink, artifact),
                remarks(tx, ink, artifact));
    }

    /** Name and repository are the commit's word, which the registration only repeats. */
    private static List<Fact> consignor(Ink ink, Artifact artifact) {
        Registration says = artifact.registration();
        List<Fact> facts = new ArrayList<>();
        ink.about(artifact.digest(), PredicateTypes.REGISTRATION).forEach(entry -> {
            Person author = says.author();
            facts.add(ink.line(entry));
            facts.add(ink.line(
                    entry,
                    new Telling(
                            "author",
                            author == null ? "nobody said" : author.name() + " <" + author.email() + ">",
                            true)));
            String repository = says.repository();
            if (repository != null) {
                facts.add(ink.line(entry, new Telling("repository", repository, true)));
            }
        });
        facts.addAll(ink.copies(artifact));
        ink.about(artifact.digest(), PredicateTypes.PROVENANCE).forEach(e -> facts.add(ink.line(e)));
        return facts;
    }

    /** Evidence with its result; decisions stand on the route. */
    List<Fact> papers(Tx tx, Ink ink, Digest digest) {
        return evidence.about(tx, digest).stream()
                .filter(e -> !e.predicateType().equals(PredicateTypes.VERIFICATION_SUMMARY))
                .filter(e -> !e.predicateType().equals(PredicateTypes.PROVENANCE))
                .flatMap(e -> ledger.find(tx, e.statement()).stream()
                        .map(entry -> e.predicateType().equals(PredicateTypes.TEST_RESULT)
                                ? ink.line(entry)
                                : ink.line(
                                        entry, new Telling("document", e.result() + ": " + e.sentence(), e.claimed()))))
                .toList();
    }

    private List<Fact> remarks(Tx tx, Ink ink, Artifact artifact) {
        return ledger.about(tx, artifact.digest(), PredicateTypes.MARK).stream()
                .filter(e -> Objects.equals(
                        e.statement().predicate(Mark.class, PredicateTypes.MARK).artifact(), artifact.digest()))
                .map(ink::line)
                .toList();
    }
}
