package dev.waybill.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTest {
    @Test
    void a_document_becomes_a_tree() {
        assertThat(Yaml.parse("application: shop\nbuild: {outputs: [a, b]}\n", "f")
                        .toString())
                .isEqualTo("{\"application\":\"shop\",\"build\":{\"outputs\":[\"a\",\"b\"]}}");
    }

    @Test
    void aliases_and_merges_are_refused_with_their_place() {
        assertThatThrownBy(() -> Yaml.parse("a: &x 1\nb: *x\n", "waybill.yaml"))
                .hasMessageStartingWith("YAML_INVALID: Reading waybill.yaml: line 2");
        assertThatThrownBy(() -> Yaml.parse("b: *x\n", "f")).hasMessageStartingWith("YAML_INVALID");
        assertThatThrownBy(() -> Yaml.parse("a:\n  <<: {b: 1}\n", "f")).hasMessageContaining("merges");
    }

    @Test
    void a_key_given_twice_is_refused() {
        assertThatThrownBy(() -> Yaml.parse("a: 1\nb: 2\na: 3\n", "f")).hasMessageContaining("line 3");
    }

    @Test
    void bytes_that_are_no_text_are_refused(@TempDir Path work) throws IOException {
        Path file = Files.write(work.resolve("waybill.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

        assertThatThrownBy(() -> Yaml.read(file)).hasMessageContaining("UTF-8").hasMessageStartingWith("YAML_INVALID");
    }

    @Test
    void a_second_document_and_an_empty_one_are_refused() {
        assertThatThrownBy(() -> Yaml.parse("a: 1\n---\nb: 2\n", "f")).hasMessageStartingWith("YAML_INVALID");
        assertThatThrownBy(() -> Yaml.parse("", "f")).hasMessageStartingWith("YAML_INVALID");
    }
}
