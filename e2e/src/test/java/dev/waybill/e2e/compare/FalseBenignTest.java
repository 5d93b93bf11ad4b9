package dev.waybill.e2e.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.e2e.compare.RealJars.Jar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number to own: functional edits that are called the same software. None may be. */
@Tag("long")
class FalseBenignTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void no_functional_edit_of_a_real_jar_or_image_is_called_benign() {
        Map<Edit, Integer> made = new EnumMap<>(Edit.class);
        List<String> benign = new ArrayList<>();
        long seed = RealJars.seed();
        for (Jar jar : RealJars.some()) {
            for (Edit edit : Edit.values()) {
                Optional<Pair> pair = edit.of(jar, new Random(seed));
                if (pair.isPresent()) {
                    made.merge(edit, 1, Integer::sum);
                    Result result = pair.get().compared(directory);
                    if (result.verdict().benign()) {
                        benign.add(edit + " in " + jar.name() + " with seed " + seed + ": " + result.verdict());
                    }
                }
                seed++;
            }
        }
        int edits = made.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("Functional edits: " + edits + " " + made + ", called benign: " + benign.size());

        assertThat(benign).isEmpty();
        assertThat(made.keySet()).containsExactly(Edit.values());
    }
}
