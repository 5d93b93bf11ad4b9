package dev.waybill.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Span;
import dev.waybill.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFileTest {
    private static final String SHOP = """
            {"application": "shop",
             "build": {"command": "mvn -q package", "outputs": ["target/shop.jar"],
                       "tests": ["target/surefire-reports/*.xml"], "tools": {"java": "25.0.3", "maven": "3.8.7"}},
             "run": {"command": ["java", "-jar", "shop.jar"], "health": {"http": "/health", "within": "90s"},
                     "needs": {"java": ">=25"}},
             "config": {"required": ["DATABASE_URL"], "optional": ["LOG_LEVEL"]},
             "pipeline": ["dev", {"production": {"tests": ["unit"]}}]}""";

    private static ProjectFile parse(String json) {
        return ProjectFile.parse(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_whole_file_is_read() {
        ProjectFile file = parse(SHOP);
        assertThat(file.application()).isEqualTo(new ApplicationName("shop"));
        assertThat(file.build())
                .isEqualTo(new Build(
                        "mvn -q package",
                        List.of("target/shop.jar"),
                        List.of("target/surefire-reports/*.xml"),
                        Map.of("java", "25.0.3", "maven", "3.8.7")));
        assertThat(file.run())
                .isEqualTo(new Run(
                        List.of("java", "-jar", "shop.jar"),
                        new Run.Health("/health", null, null, Span.parse("90s")),
                        Map.of("java", ">=25")));
        assertThat(file.config().required()).containsExactly("DATABASE_URL");
        assertThat(file.pipeline()).isNotNull();
    }

    @Test
    void an_application_alone_is_enough() {
        ProjectFile file = parse("{\"application\": \"shop\"}");
        assertThat(file.pipeline()).isNull();
        assertThat(file.config()).isEqualTo(ConfigurationContract.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                                                                          | the document
            {}                                                                          | `application`
            {"application": 7}                                                          | `application`
            {"application": "Shop"}                                                     | `application`
            {"application": "a", "biuld": {}}                                           | `biuld`
            {"application": "a", "build": {"command": "x"}}                             | `build.outputs`
            {"application": "a", "build": {"command": "x", "outputs": []}}              | `build.outputs`
            {"application": "a", "build": {"command": "x", "outputs": ["../b"]}}        | `build.outputs[0]`
            {"application": "a", "build": {"command": "x", "outputs": ["/b"]}}          | `build.outputs[0]`
            {"application": "a", "build": {"command": "x", "outputs": ["a"], "tools": {"java": 25.1}}} | `build.tools.java`
            {"application": "a", "run": {"command": []}}                                | `run.command`
            {"application": "a", "run": {"command": ["x"], "health": {}}}               | `run.health`
            {"application": "a", "run": {"command": ["x"], "health": {"http": "/", "tcp": true}}} | `run.health`
            {"application": "a", "run": {"command": ["x"], "health": {"http": "health"}}} | `run.health.http`
            {"application": "a", "run": {"command": ["x\\u0000"]}}                      | `run.command`
            {"application": "a", "run": {"command": ["x"], "health": {"http": "/a[b]{}"}}} | `run.health.http`
            {"application": "a", "run": {"command": ["x"], "health": {"http": "/a%2"}}} | `run.health.http`
            {"application": "a", "run": {"command": ["x"], "health": {"tcp": false}}}   | `run.health.tcp`
            {"application": "a", "run": {"command": ["x"], "health": {"tcp": true, "within": "0s"}}} | `run.health.within`
            {"application": "a", "config": {"required": ["A B"]}}                       | `config.required[0]`
            {"application": "a", "config": {"required": ["A"], "optional": ["A"]}}      | `config.optional`
            {"application": "a", "pipeline": ["x", "x"]}                                | `pipeline[1]`
            """)
    void a_mistake_is_refused_with_its_place(String json, String place) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("DOCUMENT_INVALID: Reading " + place + ":");
    }

    @Test
    void equal_contents_are_equal_bytes_whatever_the_order_in_the_file() {
        ArtifactConfig one = config("\"required\": [\"B\", \"A\"]", "\"java\": \">=25\", \"libc\": \"glibc\"");
        ArtifactConfig two = config("\"required\": [\"A\", \"B\", \"A\"]", "\"libc\": \"glibc\", \"java\": \">=25\"");
        assertThat(one.bytes()).isEqualTo(two.bytes());
        assertThat(new String(one.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"application\":\"shop\",\"commit\":\"" + "a".repeat(40)
                        + "\",\"config\":{\"optional\":[],\"required\":[\"A\",\"B\"]},\"kind\":\"jar\","
                        + "\"run\":{\"command\":[\"java\",\"-jar\",\"shop.jar\"],\"health\":{\"http\":\"/health\","
                        + "\"within\":\"30s\"},\"needs\":{\"java\":\">=25\",\"libc\":\"glibc\"}}}");
        assertThat(ArtifactConfig.read(one.bytes())).isEqualTo(one);
        assertThat(one.kind().artifactType()).isEqualTo("application/vnd.waybill.jar.v1");
    }

    @Test
    void a_need_that_nobody_knows_is_refused() {
        byte[] newer = new String(config("\"required\": []", "").bytes(), StandardCharsets.UTF_8)
                .replace("\"kind\"", "\"gpu\":true,\"kind\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ArtifactConfig.read(newer)).isInstanceOf(ProblemException.class);
    }

    private static ArtifactConfig config(String contract, String needs) {
        ProjectFile file = parse("{\"application\": \"shop\", \"config\": {" + contract + "},"
                + "\"run\": {\"command\": [\"java\", \"-jar\", \"shop.jar\"], \"health\": {\"http\": \"/health\"}, \"needs\": {"
                + needs + "}}}");
        return new ArtifactConfig(
                file.application(), new CommitId("a".repeat(40)), ArtifactConfig.Kind.JAR, file.run(), file.config());
    }
}
