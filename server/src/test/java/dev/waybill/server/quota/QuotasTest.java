package dev.waybill.server.quota;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pushes at once, one step at a time; each blob has 6 of 10 bytes but the small one, which has 4. */
class QuotasTest {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final Digest BLOB = digest("blob");
    private static final Digest OTHER = digest("other");
    private static final Digest SMALL = digest("small");

    private final Set<Digest> linked = new HashSet<>();
    private Runnable meanwhile = () -> {};
    private final Quotas quotas = new Quotas(List.of(QuotaPattern.parse("shop=10B")), application -> {
        meanwhile.run();
        return linked.stream().mapToLong(QuotasTest::size).sum();
    });

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long size(Digest digest) {
        return digest.equals(SMALL) ? 4 : 6;
    }

    private Quotas.Admitted push(Digest digest) {
        return quotas.admit(SHOP, digest, size(digest), () -> linked.contains(digest));
    }

    @Test
    void who_pushes_what_another_job_links_in_this_moment_is_not_refused() {
        Quotas.Admitted first = push(BLOB);
        meanwhile = () -> linked.add(BLOB);

        assertThatCode(() -> push(BLOB).close()).doesNotThrowAnyException();

        first.close();
        assertThatThrownBy(() -> push(OTHER)).hasMessageContaining("holds 6 B of its quota of 10 B");
    }

    @Test
    void what_is_linked_and_still_held_by_another_push_of_the_same_counts_once() {
        Quotas.Admitted first = push(BLOB);
        Quotas.Admitted second = push(BLOB);
        linked.add(BLOB);
        first.close();

        assertThatCode(() -> push(SMALL).close()).doesNotThrowAnyException();

        assertThatThrownBy(() -> push(OTHER)).hasMessageContaining("QUOTA_EXCEEDED");
        second.close();
    }

    @Test
    void what_is_held_and_not_linked_counts() {
        Quotas.Admitted first = push(BLOB);

        assertThatThrownBy(() -> push(OTHER)).hasMessageContaining("6 B more are being pushed");

        first.close();
        assertThatCode(() -> push(OTHER).close()).doesNotThrowAnyException();
    }
}
