package dev.waybill.core.statement;

/** Every predicate type that Waybill writes or decides on (in-toto attestation framework v1.2; SLSA v1.2). */
public final class PredicateTypes {
    /** The one place where Waybill's own namespace is written. */
    private static final String OURS = "https://waybill.dev/";

    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";
    public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
    public static final String VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";
    public static final String CYCLONEDX = "https://cyclonedx.org/bom";
    public static final String SPDX = "https://spdx.dev/Document";
    public static final String VULNERABILITIES = "https://in-toto.io/attestation/vulns/v0.2";

    public static final String REGISTRATION = ours("registration");
    public static final String LABEL = ours("label");
    public static final String LINK = ours("link");
    public static final String APPROVAL = ours("approval");
    public static final String PIPELINE = ours("pipeline");
    public static final String CONFIGURATION = ours("configuration");
    public static final String RELEASE = ours("release");
    public static final String DEPLOYMENT = ours("deployment");
    public static final String CLAIMED_DEPLOYMENT = ours("claimed-deployment");
    public static final String OBSERVATION = ours("observation");
    public static final String MARK = ours("mark");
    public static final String KEY = ours("key");
    public static final String PULL_LIMIT = ours("pull-limit");
    public static final String COPY = ours("copy");
    public static final String REFERENCE = "https://in-toto.io/attestation/reference/v0.1";

    private PredicateTypes() {}

    private static String ours(String name) {
        return OURS + name + "/v1";
    }
}
