package dev.waybill.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import dev.waybill.doctor.source.MemorySourceTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Any text as the files of a repository: a line that starts with {@code === } names the file that follows, and what stands
 * before the first is a workflow of GitHub. Each reader comes to its end by itself, and the same tree gives the same report.
 */
class WorkflowFuzzTest {
    @FuzzTest
    void tree(byte[] input) throws Exception {
        Map<String, String> files = files(new String(input, StandardCharsets.UTF_8));
        Promise.hold(() -> {
            Report report = Doctor.examine(new MemorySourceTree(files));
            assertThat(report.notes()).noneMatch(note -> note.text().startsWith("not analysed"));
            assertThat(report)
                    .hasToString(Doctor.examine(new MemorySourceTree(files)).toString());
        });
    }

    private static Map<String, String> files(String text) {
        Map<String, String> files = new HashMap<>();
        for (String part : List.of(("=== .github/workflows/deliver.yml\n" + text).split("(?m)^=== ", -1))) {
            int line = part.indexOf('\n');
            if (line > 0) {
                files.put(part.substring(0, line).strip(), part.substring(line + 1));
            }
        }
        return files;
    }
}
