package dev.waybill.server.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseNumberTest {
    /** semver.org 2.0.0, 11, with its own examples. */
    @Test
    void versions_are_in_the_order_of_the_specification() {
        List<ReleaseNumber> inOrder = Stream.of(
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "v1.0.0",
                        "1.0.1",
                        "1.2.0",
                        "1.10.0",
                        "2.0.0")
                .map(text -> ReleaseNumber.parse(new Version(text)).orElseThrow())
                .toList();

        assertThat(inOrder.stream().sorted().toList()).isEqualTo(inOrder);
        for (int i = 1; i < inOrder.size(); i++) {
            assertThat(inOrder.get(i)).isGreaterThan(inOrder.get(i - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1", "1.2", "1.2.3.4", "x1.2.3", "1.2.x", "1.2.3-"})
    void other_names_are_no_versions(String name) {
        assertThat(ReleaseNumber.parse(new Version(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2, 1.2.3, true",
        "1, 1.2.3, true",
        "v1.2, 1.2.3, true",
        "latest, 1.2.3, true",
        "1.3, 1.2.3, false",
        "2, 1.2.3, false",
        "1.20, 1.2.0, false"
    })
    void an_alias_stands_for_the_versions_that_begin_with_it(String alias, String version, boolean stands) {
        assertThat(ReleaseNumber.parse(new Version(version)).orElseThrow().goesBy(new Version(alias)))
                .isEqualTo(stands);
    }

    @ParameterizedTest
    @CsvSource({
        "*:latest=forward, team/shop, latest, true",
        "shop:1*=forward, shop, 1.2, true",
        "shop:1*=forward, shop/api, 1.2, false",
        "team/*:n-*-x=floating, team/a/b, n-1-x, true",
        "shop:1.2=floating, shop, 1x2, false",
        "shop:*=floating, shop2, any, false"
    })
    void a_pattern_matches_whole_names(String pattern, String repository, String tag, boolean matches) {
        assertThat(TagPattern.parse(pattern).matches(new ApplicationName(repository), new Version(tag)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "shop:latest",
                "shop:latest=sideways",
                "Shop:latest=forward",
                ":x=forward",
                "shop:=forward"
            })
    void what_is_no_class_of_tags_is_refused_at_the_start(String text) {
        assertThatThrownBy(() -> TagPattern.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("REPOSITORY:TAG=CLASS".equals(text) ? "" : "class of tags");
    }
}
