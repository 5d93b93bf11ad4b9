package dev.waybill.compare.contents;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as an archive whose files are listed: the same list each time, within the limits, with paths that stay inside. */
class ContentsFuzzTest {
    private static final Limits SMALL = new Limits(1000, 32L << 20, 250, 1);

    @FuzzTest
    void archive(byte[] input) throws Exception {
        Promise.hold(() -> {
            List<Found> found = new ArrayList<>();
            Listing listing = Contents.list(new ByteArrayInputStream(input), SMALL, found::add);
            assertThat(listing.entries()).isLessThanOrEqualTo(SMALL.entries() + 1L);
            assertThat(found).hasSizeLessThanOrEqualTo(SMALL.entries());
            assertThat(found).allMatch(file -> file.size() >= 0 && staysInside(file.path()));
            List<Found> again = new ArrayList<>();
            assertThat(Contents.list(new ByteArrayInputStream(input), SMALL, again::add))
                    .isEqualTo(listing);
            assertThat(again).isEqualTo(found);
        });
    }

    private static boolean staysInside(String path) {
        return !path.isEmpty() && !path.startsWith("/") && !("/" + path + "/").contains("/../");
    }
}
