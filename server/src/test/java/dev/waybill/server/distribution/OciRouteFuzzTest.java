package dev.waybill.server.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Any request line (method, path and query, each on its line): what is understood is written as a request that means the same. */
class OciRouteFuzzTest {
    private record Line(String method, String path, String query) {}

    @FuzzTest
    void request(byte[] input) throws Exception {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        String path = lines.length > 1 ? lines[1] : "/v2/";
        String query = lines.length > 2 ? lines[2] : null;
        Promise.hold(() -> {
            OciRoute route = OciRoute.parse(lines[0], path, query);
            Line line = written(lines[0], route);
            assertThat(OciRoute.parse(line.method(), line.path(), line.query())).isEqualTo(route);
        });
    }

    private static Line written(String method, OciRoute route) {
        return switch (route) {
            case OciRoute.Ping r -> new Line(method, "/v2/", "");
            case OciRoute.Catalog r -> new Line(method, "/v2/_catalog", page(r.page()));
            case OciRoute.InRepository r -> inRepository(method, "/v2/" + r.name() + "/", r);
        };
    }

    private static Line inRepository(String method, String at, OciRoute.InRepository route) {
        String uploads = at + "blobs/uploads/";
        return switch (route) {
            case OciRoute.PullBlob r -> new Line(r.head() ? "HEAD" : "GET", at + "blobs/" + r.digest(), "");
            case OciRoute.DeleteBlob r -> new Line("DELETE", at + "blobs/" + r.digest(), "");
            case OciRoute.StartUpload r -> new Line("POST", uploads, parameter("digest", r.digest()));
            case OciRoute.MountBlob r ->
                new Line("POST", uploads, parameter("mount", r.digest()) + parameter("from", r.from()));
            case OciRoute.AppendUpload r -> new Line("PATCH", uploads + r.upload(), "");
            case OciRoute.FinishUpload r -> new Line("PUT", uploads + r.upload(), parameter("digest", r.digest()));
            case OciRoute.UploadStatus r -> new Line(method, uploads + r.upload(), "");
            case OciRoute.CancelUpload r -> new Line("DELETE", uploads + r.upload(), "");
            case OciRoute.PullManifest r -> new Line(r.head() ? "HEAD" : "GET", at + "manifests/" + r.reference(), "");
            case OciRoute.PutManifest r -> {
                StringBuilder tags = new StringBuilder();
                r.tags().forEach(tag -> tags.append(parameter("tag", tag)));
                yield new Line("PUT", at + "manifests/" + r.reference(), tags.toString());
            }
            case OciRoute.DeleteManifest r -> new Line("DELETE", at + "manifests/" + r.reference(), "");
            case OciRoute.ListTags r -> new Line(method, at + "tags/list", page(r.page()));
            case OciRoute.ListReferrers r ->
                new Line(
                        method,
                        at + "referrers/" + r.subject(),
                        parameter("artifactType", r.artifactType()) + page(r.page()));
            case OciRoute.TagHistory r -> new Line(method, at + "_oci/tag-history/" + r.tag(), page(r.page()));
        };
    }

    private static String page(OciRoute.Page page) {
        assertThat(page.limit()).isBetween(0, OciRoute.Page.MOST);
        return parameter("n", page.n() < 0 ? null : page.n()) + parameter("last", page.last());
    }

    private static String parameter(String name, @Nullable Object value) {
        return value == null ? "" : name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8) + "&";
    }
}
