package dev.waybill.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.nio.file.Path;

/** Any bytes as {@code agent.yaml}: targets that do not share a place, or a refusal. */
class AgentConfigFuzzTest {
    private static final Path FILE = Path.of("agent.yaml").toAbsolutePath();

    @FuzzTest
    void document(byte[] input) throws Exception {
        Promise.hold(() -> {
            AgentConfig config = AgentConfig.read(input, FILE);
            assertThat(config.targets().stream().map(AgentConfig.Target::root)).doesNotHaveDuplicates();
            assertThat(config.targetNames()).hasSize(config.targets().size());
            assertThat(config.heartbeat()).isPositive();
        });
    }
}
