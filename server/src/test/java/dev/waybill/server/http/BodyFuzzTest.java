package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.artifact.TagRequest;
import dev.waybill.api.deploy.ClaimRequest;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.api.deploy.RetirementRequest;
import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.api.identity.TokenRequest;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.api.registry.RestoreRequest;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Promise;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Any bytes as the body of each request: what is taken has all its members, and is written and read again as itself. */
class BodyFuzzTest {
    private static final List<Class<?>> BODIES = List.of(
            RegistrationRequest.class,
            TagRequest.class,
            ClaimRequest.class,
            EnrolRequest.class,
            Heartbeat.class,
            InvitationRequest.class,
            ReportRequest.class,
            RetirementRequest.class,
            EvidenceRequest.class,
            TestRequest.class,
            TokenRequest.class,
            ApprovalRequest.class,
            ConfigurationChange.class,
            MarkRequest.class,
            PromotionRequest.class,
            RollbackRequest.class,
            RestoreRequest.class,
            SweepRequest.class);

    @FuzzTest
    void body(byte[] input) throws Exception {
        for (Class<?> body : BODIES) {
            Promise.hold(() -> {
                Object value = Json.read(input, body);
                requireWhole(value);
                assertThat((Object) Json.read(Json.write(value), body)).isEqualTo(value);
            });
        }
    }

    private static void requireWhole(Object body) throws ReflectiveOperationException {
        for (RecordComponent part : body.getClass().getRecordComponents()) {
            Object value = part.getAccessor().invoke(body);
            if (value instanceof Collection<?> many) {
                assertThat(many).as(part.toString()).doesNotContainNull();
            }
            if (value instanceof Map<?, ?> many) {
                assertThat(many.values()).as(part.toString()).doesNotContainNull();
            }
        }
    }
}
