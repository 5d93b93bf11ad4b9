package dev.waybill.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser without script meets them; whatever people typed is hostile. */
class PagesTest {
    private static final String ARTIFACT = "/artifacts/" + SampleViews.digest("2.5.0");

    @TempDir
    Path data;

    private TestPages pages;

    @BeforeEach
    void start() {
        pages = new TestPages(data, SampleViews.EVIL);
    }

    @AfterEach
    void stop() {
        pages.close();
    }

    static List<String> all() {
        return List.of(
                "/",
                "/?q=nothing",
                "/?q=" + "%3Cscript%3Ealert('x')%3C/script%3E%22%20onmouseover=%22alert(1)",
                ARTIFACT,
                "/promotions/p-7",
                "/environments/production/shop",
                "/environments/production/edge/router",
                "/ledger",
                "/compare",
                "/compare?a=production/shop&b=staging/shop",
                "/login");
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_page_is_whole_escapes_what_people_typed_and_names_no_other_host(String path) throws Exception {
        pages.hold(SampleViews.EVIL);

        HttpResponse<String> answer = pages.get(path, pages.token(Role.PROMOTER));

        assertThat(answer.statusCode()).isEqualTo(200);
        String html = answer.body();
        assertThat(html).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">", "</html>", "<h1", "id=\"main\"");
        assertThat(html).doesNotContain("<script>", "style=\"", "javascript:");
        assertThat(html.replace("&#34;", "")).doesNotContainPattern("<[^>]*\\sonmouseover=");
        assertThat(html).doesNotContainPattern("(src|href|action)=\"(https?:)?//");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "style-src 'self'", "script-src 'self'", "form-action 'self'");
    }

    @Test
    void the_registry_s_page_is_for_admins_and_says_what_is_full_what_goes_why_and_how_it_comes_back()
            throws Exception {
        HttpResponse<String> answer = pages.get("/registry", pages.token(Role.ADMIN));

        assertThat(answer.statusCode()).isEqualTo(200);
        String html = answer.body();
        assertThat(html)
                .contains(
                        "94 % of 50 GB",
                        "full in 13 days",
                        ">full</span>",
                        "does not grow",
                        "212 GB are free on the disk",
                        "1 manifest and 2 blobs, 298 MB",
                        "never promoted, nothing keeps it, last pushed over 90 days ago",
                        "nothing that stays refers to it",
                        "waybill registry restore shop " + SampleViews.digest("gone"),
                        "94 % read",
                        "waybill registry why",
                        "2001:db8::17",
                        "aria-current=\"page\">Registry</a>")
                .doesNotContain("waybill registry restore shop " + SampleViews.digest("gone layer"));
        assertThat(html).doesNotContain("<script>", "style=\"", "javascript:");
        assertThat(html.replace("&#34;", "")).doesNotContainPattern("<[^>]*\\sonmouseover=");
        assertThat(pages.get("/registry", pages.token(Role.PROMOTER)).statusCode())
                .isEqualTo(403);
        assertThat(pages.get("/", pages.token(Role.PROMOTER)).body()).doesNotContain("/registry");
    }

    @Test
    void the_registry_s_page_says_of_nothing_that_there_is_nothing() throws Exception {
        pages.nothingPushed = true;

        HttpResponse<String> answer = pages.get("/registry", pages.token(Role.ADMIN));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "Nothing was pushed yet",
                        "A collection runs just now",
                        "Nothing was taken out in the last 7 days",
                        "Nothing was read again yet",
                        "No upload is open",
                        "Nobody asked too often");
    }

    @Test
    void a_statement_page_escapes_its_json() throws Exception {
        pages.hold(SampleViews.EVIL);
        String id = pages.database
                .read(tx -> pages.ledger.after(tx, pages.ledger.size(tx) - 2, 1))
                .getFirst()
                .id()
                .hex();

        HttpResponse<String> answer = pages.get("/statements/" + id, pages.token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("&lt;script&gt;alert", "ledger.example.com")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_hundred_applications_in_four_environments_take_less_than_a_hundred_kilobytes() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pages.url + "/?q=application"))
                .header("Accept", "text/html")
                .header("Accept-Encoding", "gzip")
                .header("Cookie", "waybill=" + pages.token(Role.VIEWER))
                .build();

        HttpResponse<byte[]> answer = pages.client().send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.body().length).isLessThan(100_000);
    }

    @Test
    void logging_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use() throws Exception {
        HttpResponse<String> answer =
                pages.post("/login", null, pages.url, "token=" + pages.token(Role.VIEWER) + "&next=/ledger");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/ledger");
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("waybill=wbt_")
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/%5Cevil.example",
                "https://evil.example",
                "/%0D%0ASet-Cookie:%20a=b",
                "javascript:alert(1)",
                ""
            })
    void logging_in_leads_to_no_other_site(String next) throws Exception {
        HttpResponse<String> answer =
                pages.post("/login", null, pages.url, "token=" + pages.token(Role.VIEWER) + "&next=" + next);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
    }

    @Test
    void an_unknown_token_is_refused_on_the_same_page() throws Exception {
        HttpResponse<String> answer = pages.post("/login", null, pages.url, "token=wbt_wrong&next=/ledger");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).contains("role=\"alert\"", "value=\"/ledger\"");
    }

    @Test
    void somebody_without_a_cookie_is_sent_to_the_door_and_back() throws Exception {
        HttpResponse<String> answer = pages.get("/promotions/p-7", null);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/login?next=%2Fpromotions%2Fp-7");
    }

    @Test
    void an_approval_is_sent_by_a_plain_form_with_what_the_person_saw() throws Exception {
        HttpResponse<String> answer = pages.post(
                "/promotions/p-7/decision",
                pages.token(Role.APPROVER),
                pages.url,
                "decision=approved&reason=&covers=" + SampleViews.digest("covers"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/promotions/p-7");
        assertThat(pages.desk.decided)
                .containsExactly("approver approved p-7 because null seeing " + SampleViews.digest("covers"));
    }

    @Test
    void why_an_approval_is_void_is_told_with_a_time_and_not_struck_through() throws Exception {
        String html = pages.get("/promotions/p-7", pages.token(Role.APPROVER)).body();

        assertThat(html)
                .contains("<em>The approval by robin on <time class=\"clock\" datetime=\"2026-11-20T13:42:00Z\"")
                .doesNotContain(">2026-11-20T13:42");
    }

    @Test
    void whoever_may_decide_gets_a_link_to_the_form_before_all_that_stands_above_it() throws Exception {
        String mine = pages.get("/promotions/p-7", pages.token(Role.APPROVER)).body();
        String others = pages.get("/promotions/p-7", pages.token(Role.VIEWER)).body();

        assertThat(mine.indexOf("href=\"#decide\"")).isPositive().isLessThan(mine.indexOf("id=\"gates\""));
        assertThat(mine).contains("id=\"decide\"");
        assertThat(others).doesNotContain("href=\"#decide\"");
    }

    @Test
    void whoever_asked_for_it_is_told_why_they_may_not_approve_and_may_still_reject() throws Exception {
        String asked =
                pages.get("/promotions/p-7", pages.token("ci", Role.APPROVER)).body();

        assertThat(asked)
                .contains("You may reject but not approve: ci asked for it.", "value=\"rejected\"")
                .doesNotContain("value=\"approved\"");
        assertThat(pages.get("/promotions/p-7", pages.token(Role.APPROVER)).body())
                .contains("value=\"approved\"")
                .doesNotContain("but not approve");
    }

    @Test
    void a_comparison_with_what_is_not_there_keeps_the_form_as_it_was_filled_in() throws Exception {
        String token = pages.token(Role.VIEWER);

        HttpResponse<String> unknown = pages.get("/compare?a=shopp@45303f3&b=staging/shop", token);
        HttpResponse<String> nonsense = pages.get("/compare?a=%22%3Cb&b=staging/shop", token);

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .contains("value=\"shopp@45303f3\"", "value=\"staging/shop\"", "role=\"alert\"", "APPLICATION_UNKNOWN");
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThat(nonsense.body()).contains("value=\"&#34;&lt;b\"", "REF_INVALID");
    }

    @Test
    void a_rejection_needs_a_reason() throws Exception {
        HttpResponse<String> answer = pages.post(
                "/promotions/p-7/decision", pages.token(Role.APPROVER), pages.url, "decision=rejected&reason=+");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("FORM_INVALID", "What to do");
        assertThat(pages.desk.decided).isEmpty();
    }

    @Test
    void a_form_from_another_site_decides_nothing() throws Exception {
        HttpResponse<String> answer = pages.post(
                "/promotions/p-7/decision", pages.token(Role.APPROVER), "https://evil.example", "decision=approved");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(pages.desk.decided).isEmpty();
    }

    @Test
    void whoever_may_not_approve_sees_no_form_and_is_refused_when_they_send_one() throws Exception {
        String viewer = pages.token(Role.VIEWER);

        assertThat(pages.get("/promotions/p-7", viewer).body())
                .contains("You may look but not decide")
                .doesNotContain("value=\"approved\"");
        assertThat(pages.post("/promotions/p-7/decision", viewer, pages.url, "decision=approved")
                        .statusCode())
                .isEqualTo(403);
        assertThat(pages.desk.decided).isEmpty();
    }

    @Test
    void an_artifact_is_promoted_from_its_waybill_to_an_environment_where_it_is_not_yet() throws Exception {
        String promoter = pages.token(Role.PROMOTER);
        String digest = ARTIFACT.substring("/artifacts/".length());

        assertThat(pages.get(ARTIFACT, promoter).body()).contains("Promote to", "<option value=\"production\">");
        HttpResponse<String> answer =
                pages.post("/promotions", promoter, pages.url, "artifact=" + digest + "&to=production");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElse("")).contains("/promotions/");
        assertThat(pages.desk.decided).containsExactly("promoter promoted " + digest + " to production");
    }

    @Test
    void whoever_may_only_look_sees_no_form_on_a_waybill_and_is_refused_when_they_send_one() throws Exception {
        String viewer = pages.token(Role.VIEWER);
        String digest = ARTIFACT.substring("/artifacts/".length());

        assertThat(pages.get(ARTIFACT, viewer).body()).doesNotContain("Promote to", "action=\"/vetoes\"");
        assertThat(pages.get("/environments/production/shop", viewer).body()).doesNotContain("action=\"/holds\"");
        for (String form : List.of(
                "/promotions?artifact=" + digest + "&to=production",
                "/vetoes?artifact=" + digest + "&reason=x",
                "/holds?slot=production/shop&reason=x")) {
            String[] parts = form.split("\\?", 2);
            assertThat(pages.post(parts[0], viewer, pages.url, parts[1]).statusCode())
                    .as(form)
                    .isEqualTo(403);
        }
        assertThat(pages.desk.decided).isEmpty();
    }

    @Test
    void a_hold_and_its_end_each_need_a_reason() throws Exception {
        String promoter = pages.token(Role.PROMOTER);

        assertThat(pages.post("/holds", promoter, pages.url, "slot=production/shop&reason=+")
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.post("/holds", promoter, pages.url, "slot=production/shop&reason=Friday")
                        .statusCode())
                .isEqualTo(303);
        assertThat(pages.get("/environments/production/shop", promoter).body()).contains("held", "“Friday”");
        assertThat(pages.post("/holds", promoter, pages.url, "slot=production/shop&end=true&reason=Monday")
                        .statusCode())
                .isEqualTo(303);
        assertThat(pages.desk.decided)
                .containsExactly(
                        "promoter set HOLD of production/shop because Friday",
                        "promoter ended HOLD of production/shop because Monday");
    }

    @Test
    void a_veto_stands_across_the_waybill_until_it_is_ended() throws Exception {
        String promoter = pages.token(Role.PROMOTER);
        String digest = ARTIFACT.substring("/artifacts/".length());

        assertThat(pages.get(ARTIFACT, promoter).body()).contains("Veto everywhere");
        assertThat(pages.post("/vetoes", promoter, pages.url, "artifact=" + digest + "&reason=It+leaks.")
                        .statusCode())
                .isEqualTo(303);

        assertThat(pages.get(ARTIFACT, promoter).body()).contains("vetoed", "“It leaks.”", "End the veto");
        assertThat(pages.post("/vetoes", promoter, pages.url, "artifact=" + digest + "&reason=")
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.desk.decided).containsExactly("promoter set VETO of " + digest + " because It leaks.");
    }

    @Test
    void a_rollback_needs_a_reason_and_the_right() throws Exception {
        String promoter = pages.token(Role.PROMOTER);

        assertThat(pages.get("/environments/production/shop", promoter).body()).contains("Roll back to #175");
        assertThat(pages.post("/rollbacks", promoter, pages.url, "slot=production/shop&to=175&why=")
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.post("/rollbacks", pages.token(Role.VIEWER), pages.url, "slot=production/shop&to=175&why=x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(pages.post("/rollbacks", promoter, pages.url, "slot=production/shop&to=175&why=slow")
                        .statusCode())
                .isEqualTo(303);
        assertThat(pages.desk.decided).containsExactly("promoter rolled production/shop back to 175 because slow");
    }

    @Test
    void the_search_field_leads_to_the_artifact_that_a_digest_begins() throws Exception {
        String hex = SampleViews.digest("2.5.0").hex();

        HttpResponse<String> answer = pages.get("/?q=" + hex.substring(0, 12), pages.token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(ARTIFACT);
    }

    @Test
    void a_path_that_is_not_there_is_a_page_that_says_what_to_do() throws Exception {
        HttpResponse<String> answer = pages.get("/nowhere", pages.token(Role.VIEWER));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Not found", "What to do", "PATH_UNKNOWN");
    }

    @Test
    void the_ledgers_growth_is_told_as_it_happens() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pages.url + "/events"))
                .header("Cookie", "waybill=" + pages.token(Role.VIEWER))
                .build();
        HttpResponse<InputStream> answer = pages.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(100);
        Thread.ofVirtual().start(() -> read(answer.body(), lines));
        assertThat(lines.poll(20, TimeUnit.SECONDS)).isEqualTo("retry: 2000");

        pages.hold("for the weekend");

        assertThat(next(lines)).isEqualTo("event: grown");
        assertThat(next(lines)).isEqualTo("data: 4");
    }

    private static String next(BlockingQueue<String> lines) throws InterruptedException {
        String line = "";
        while (line != null && line.isEmpty()) {
            line = lines.poll(20, TimeUnit.SECONDS);
        }
        return String.valueOf(line);
    }

    private static void read(InputStream in, BlockingQueue<String> lines) {
        try (var reader = new java.io.BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("ended");
        }
    }
}
