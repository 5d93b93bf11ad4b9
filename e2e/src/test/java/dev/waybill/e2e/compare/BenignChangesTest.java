package dev.waybill.e2e.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.verdict.Verdict;
import dev.waybill.e2e.compare.RealJars.Jar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Noise of a second build is called metadata, alone and combined, with a proof. */
@Tag("long")
class BenignChangesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void noise_in_real_jars_is_called_metadata_and_proved() {
        List<String> others = new ArrayList<>();
        int made = 0;
        long seed = RealJars.seed();
        for (Jar jar : RealJars.some()) {
            List<Set<Noise>> changes = new ArrayList<>();
            for (Noise noise : Noise.values()) {
                changes.add(EnumSet.of(noise));
            }
            for (int i = 0; i < 7; i++) {
                changes.add(Noise.several(new Random(seed++)));
            }
            for (Set<Noise> noises : changes) {
                Result result = Noise.of(jar, noises, new Random(seed++)).compared(directory);
                made++;
                boolean proved = result.verdict() == Verdict.IDENTICAL || result.proof() != null;
                if (result.verdict().compareTo(Verdict.METADATA) > 0 || !proved) {
                    others.add(noises + " in " + jar.name() + " with seed " + seed + ": " + result.verdict() + " "
                            + result.findings().getFirst().sentence());
                }
            }
        }
        System.out.println("Harmless changes: " + made + ", not called metadata: " + others.size());

        assertThat(others).isEmpty();
    }
}
