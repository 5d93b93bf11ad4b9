package dev.waybill.cli.proof;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code waybill ledger verify}: has the server compare its rows with its statements and prints what it finds. */
@Command(name = "verify", description = "Check every row against its statement, and the ledger against itself.")
public final class LedgerVerifyCommand implements Callable<Integer> {
    private final Session session;

    public LedgerVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode report = session.client().ledger().verify();
        JsonNode findings = report.path("findings");
        session.answer(report, () -> {
            if (findings.isEmpty()) {
                return "";
            }
            Table table = new Table(session.style(), "ENTRY", "ROOM", "ROW", "CODE", "WHAT");
            for (JsonNode finding : findings) {
                table.row(
                        finding.path("index").asString("-"),
                        finding.path("room").asString("-"),
                        finding.path("row").asString("-"),
                        finding.path("code").asString("-"),
                        finding.path("what").asString(finding.toString()));
            }
            return table.toString();
        });
        long entries = report.path("entries").asLong(report.path("size").asLong(0));
        session.closing(
                findings.isEmpty()
                        ? "The ledger holds: " + Count.of(entries, "entry", "entries")
                                + ", every row agrees with its statement."
                        : Count.of(findings.size(), "finding") + ": what the rows show is not what was signed.",
                findings.isEmpty() ? "waybill why ENV/APP --proof FILE" : "waybill ledger verify --output json");
        return findings.isEmpty() ? Exit.DONE : Exit.REFUSED;
    }
}
