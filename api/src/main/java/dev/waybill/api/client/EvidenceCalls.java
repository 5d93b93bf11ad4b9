package dev.waybill.api.client;

import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.core.name.Digest;
import java.util.List;

/** Evidence about artifacts; raw files were pushed to the registry before. */
public record EvidenceCalls(Connection connection) {
    public EvidenceInfo test(TestRequest request) {
        return connection.send("POST", "/api/v1/evidence/tests", request, EvidenceInfo.class);
    }

    public EvidenceInfo document(EvidenceRequest request) {
        return connection.send("POST", "/api/v1/evidence/documents", request, EvidenceInfo.class);
    }

    public List<EvidenceInfo> of(Digest artifact) {
        String path =
                Paths.at("/api/v1/artifacts").with(artifact).with("evidence").toString();
        return connection.list(path, EvidenceInfo.class);
    }
}
