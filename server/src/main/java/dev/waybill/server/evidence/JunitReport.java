package dev.waybill.server.evidence;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A JUnit XML report, recounted. There is no specification; read is what Surefire, Gradle, pytest, Jest, gotestsum,
 * googletest and their like write: a root {@code testsuites} or {@code testsuite}, suites in suites, cases with
 * {@code failure}, {@code error} and {@code skipped}, and Surefire's {@code flakyFailure}, {@code rerunFailure}.
 *
 * <p>Totals in attributes are claims: where they are given they must agree with the cases ({@code REPORT_INCONSISTENT}).
 * Document types, entities, more than {@value #MAX_DEPTH} levels, {@value #MAX_CASES} cases or {@value #MAX_BYTES} bytes
 * are {@code REPORT_REJECTED}.
 */
record JunitReport(List<TestCase> cases) {
    static final int MAX_DEPTH = 64;
    static final int MAX_CASES = 200_000;
    static final long MAX_BYTES = 64L * 1024 * 1024;

    JunitReport {
        cases = List.copyOf(cases);
    }

    /**
     * Parses the report; the stream is not closed.
     *
     * @param name the file's name, for refusals
     * @throws IOException when the source cannot be read
     */
    static JunitReport parse(String name, InputStream in) throws IOException {
        BoundedSource source = new BoundedSource(in, MAX_BYTES);
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(source);
            try {
                return new JunitReport(new JunitReader(name, xml).read());
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            if (e instanceof ProblemException problem) {
                throw problem;
            }
            source.rethrow();
            if (source.exceeded()) {
                throw rejected(name, "it has more than " + MAX_BYTES + " bytes.");
            }
            throw rejected(name, "it is not well-formed XML: " + firstLine(e) + ".");
        }
    }

    /** No document types and no entities beyond the five: what bombs and leaks files is off before it is read. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are off");
        });
        return factory;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    static ProblemException rejected(String name, String missing) {
        return new Problem.Malformed(
                        "REPORT_REJECTED",
                        "Reading the test report " + name,
                        missing,
                        "Send the JUnit XML report as the test tool wrote it.")
                .exception();
    }
}
