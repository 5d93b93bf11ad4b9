package dev.waybill.cli.evidence;

import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.artifact.ArtifactText;
import dev.waybill.cli.terminal.Table;

/** What the end of a command that brought evidence says and returns. */
final class EvidenceText {
    private EvidenceText() {}

    static int ending(Session session, Resolved about, EvidenceInfo evidence, String what) {
        session.answer(
                evidence,
                () -> new Table(session.style(), "RESULT", "WHAT", "ARTIFACT", "STATEMENT", "ENTRY")
                        .row(
                                evidence.result(),
                                what,
                                session.terminal().digest(evidence.artifact()),
                                evidence.statement().shortHex(),
                                evidence.index())
                        .toString());
        boolean failed = evidence.result().equals("FAILED");
        String name = ArtifactText.name(about.application(), about.commit());
        session.closing(
                evidence.sentence(), failed ? "waybill trace " + name : "waybill promote " + name + " --to ENV");
        return failed ? Exit.REFUSED : Exit.DONE;
    }
}
