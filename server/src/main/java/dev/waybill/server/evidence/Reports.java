package dev.waybill.server.evidence;

import dev.waybill.api.evidence.ReportRef;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.registry.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Raw files that were pushed as blobs of the application's repository. */
final class Reports {
    private static final int MOST = 5_000;

    private final Contents contents;

    Reports(Contents contents) {
        this.contents = contents;
    }

    /** Recounts every JUnit report; other files are evidence to look at and are not read. */
    Outcomes recount(ApplicationName application, List<ReportRef> reports) throws IOException {
        if (reports.size() > MOST) {
            throw new Problem.TooLarge(
                            "REPORTS_TOO_MANY",
                            "Recording a test run",
                            "it has " + reports.size() + " reports, the limit is " + MOST + ".",
                            "Send fewer files, for example one for each module.")
                    .exception();
        }
        List<TestCase> cases = new ArrayList<>();
        for (ReportRef report : reports) {
            byte[] bytes = bytes(application, report);
            if (isJunit(report)) {
                cases.addAll(JunitReport.parse(report.name(), new ByteArrayInputStream(bytes))
                        .cases());
            }
        }
        return new Outcomes(cases);
    }

    /** Checks that the file is there and has its digest and size. */
    void require(ApplicationName application, ReportRef report) throws IOException {
        bytes(application, report);
    }

    static boolean isJunit(ReportRef report) {
        String type = report.mediaType().toLowerCase(Locale.ROOT);
        return type.startsWith("application/xml")
                || type.startsWith("text/xml")
                || report.name().toLowerCase(Locale.ROOT).endsWith(".xml");
    }

    private byte[] bytes(ApplicationName application, ReportRef report) throws IOException {
        Optional<Blob> blob = contents.open(application, report.digest());
        if (blob.isEmpty()) {
            throw new Problem.NotFound(
                            "REPORT_MISSING",
                            "Reading " + report.name(),
                            "the repository " + application + " has no blob " + report.digest() + ".",
                            "Push the file there as a blob first.")
                    .exception();
        }
        try (Blob open = blob.get()) {
            byte[] bytes = open.bytes((int) JunitReport.MAX_BYTES);
            boolean same = bytes.length == report.size()
                    && report.digest().algorithm() == Digest.Algorithm.SHA256
                    && Digest.sha256(bytes).equals(report.digest());
            if (!same) {
                throw new Problem.Refused(
                                "REPORT_REJECTED",
                                "Reading " + report.name(),
                                "its bytes do not have the size and sha256 that were announced.",
                                "Push the file again and name what was pushed.")
                        .exception();
            }
            return bytes;
        }
    }
}
