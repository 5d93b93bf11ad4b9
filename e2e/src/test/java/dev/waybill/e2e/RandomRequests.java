package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests that nobody would send: half right, so that they come further than the first check. */
final class RandomRequests {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)\\}");
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final String NOTHING = Digest.sha256(new byte[0]).toString();
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get");
    private static final List<String> NAMES = List.of(
            "shop",
            "team/shop",
            "a",
            DIGEST,
            "sha256:x",
            "latest",
            "1",
            "-1",
            "99999999999999999999",
            "dev/shop",
            "dev",
            "dev/shop#1",
            "shop@1111111",
            "",
            ".",
            "..",
            "%2e%2e",
            "%2F",
            "%00",
            "%",
            "%zz",
            "é",
            "a b",
            "a;b",
            "~",
            "x".repeat(300),
            "0",
            "/",
            "//",
            "a+b",
            "%C3%28",
            "wbt_x");
    private static final List<String> REGISTRY = List.of(
            "GET /v2/",
            "GET /v2/_catalog",
            "GET /v2/{application}/tags/list",
            "GET /v2/{application}/manifests/{version}",
            "HEAD /v2/{application}/manifests/{digest}",
            "PUT /v2/{application}/manifests/{version}",
            "PUT /v2/{application}/manifests/{digest}",
            "DELETE /v2/{application}/manifests/{version}",
            "GET /v2/{application}/blobs/{digest}",
            "DELETE /v2/{application}/blobs/{digest}",
            "POST /v2/{application}/blobs/uploads/",
            "PATCH /v2/{application}/blobs/uploads/{id}",
            "PUT /v2/{application}/blobs/uploads/{id}",
            "GET /v2/{application}/blobs/uploads/{id}",
            "GET /v2/{application}/referrers/{digest}",
            "GET /v2/{application}/_oci/tag-history/{version}",
            "GET /v2/token",
            "POST /v2/token");
    private static final Map<String, String> LIKELY = Map.of(
            "application",
            "shop",
            "environment",
            "dev",
            "digest",
            NOTHING,
            "version",
            "latest",
            "commit",
            "1".repeat(40),
            "number",
            "1",
            "id",
            "1",
            "agent",
            "a",
            "sha256",
            NOTHING.substring(7),
            "path",
            "0/000");
    private static final List<String> QUERIES = List.of(
            "n=1",
            "n=-1",
            "n=99999999999",
            "last=%",
            "digest=" + DIGEST,
            "digest=x",
            "mount=" + DIGEST,
            "from=a",
            "from=..",
            "artifactType=a/b",
            "tag=a&tag=b",
            "application=shop",
            "environment=dev",
            "ref=shop:1",
            "from=0",
            "to=1",
            "offset=-1",
            "limit=0",
            "slot=dev/shop",
            "a=1&a=2",
            "%=%",
            "=",
            "&&&",
            "scope=repository:a:pull",
            "service=x",
            "refresh=true",
            "artifact=" + DIGEST);
    private static final List<String> HEADERS = List.of(
            "Range: bytes=0-",
            "Range: bytes=-1",
            "Range: bytes=5-1",
            "Range: bytes=0-0,0-0,0-0",
            "Range: x",
            "Range: bytes=99999999999999999999-",
            "Content-Range: 0-4",
            "Content-Range: bytes 0-4/5",
            "Content-Range: 9-1",
            "Content-Range: -",
            "Content-Range: 999999999999999999-999999999999999999",
            "Content-Type: application/vnd.oci.image.manifest.v1+json",
            "Content-Type: application/vnd.oci.image.index.v1+json",
            "Content-Type: application/json",
            "Content-Type: text/html; charset=utf-7",
            "Content-Type: multipart/form-data",
            "Content-Type: ;;;",
            "Accept: */*;q=x",
            "Accept: application/json",
            "If-None-Match: *",
            "If-None-Match: \"x",
            "If-Match: x",
            "If-Modified-Since: x",
            "Content-Encoding: gzip",
            "Accept-Encoding: gzip",
            "Cookie: waybill=x; waybill=y",
            "Cookie: =;;",
            "Origin: null",
            "X-Forwarded-For: x",
            "Accept-Language: \u00e9",
            "Last-Event-ID: x",
            "Docker-Content-Digest: x",
            "Upgrade: h2c");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "0",
            "{",
            "\"",
            "\u0000\u0001",
            "{\"a\":1,\"a\":2}",
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}",
            "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + DIGEST + "\",\"size\":2}}",
            "{\"schemaVersion\":2,\"manifests\":[null]}",
            "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"x\",\"size\":-1}]}",
            "{\"statements\":[{\"payload\":\"e30=\",\"signature\":\"AA==\",\"publicKey\":\"AA==\"}]}",
            "{\"statements\":[null]}",
            "{\"observation\":{\"payload\":\"%\",\"signature\":\"\",\"publicKey\":\"\"},\"everySeconds\":-1}",
            "{\"slot\":\"dev/shop\",\"ref\":\"shop:1\",\"why\":\"x\",\"to\":-1}",
            "{\"slot\":\"dev/shop\",\"why\":\"x\"}",
            "{\"ref\":\"shop@1111111\",\"to\":\"dev\"}",
            "{\"ref\":\"" + DIGEST + "\",\"version\":\"1.0\"}",
            "{\"ref\":\"shop:1\",\"to\":\"dev\"}",
            "{\"kind\":\"hold\",\"end\":false,\"slot\":\"dev/shop\",\"reason\":\"r\"}",
            "{\"kind\":\"veto\",\"end\":true,\"ref\":\"" + DIGEST + "\",\"reason\":\"r\"}",
            "{\"decision\":\"approved\",\"covers\":\"" + DIGEST + "\"}",
            "{\"set\":{\"A\":{\"kind\":\"plain\",\"value\":\"\\u0000\"}},\"unset\":[\"B\"],\"expectedVersion\":-1}",
            "{\"application\":\"shop\",\"commit\":\"" + "1".repeat(40) + "\",\"digest\":\"" + DIGEST
                    + "\",\"commitsSince\":[],\"via\":\"x\"}",
            "{\"actor\":\"x\",\"emails\":[],\"grants\":[{\"role\":\"king\"}],\"lifeSeconds\":9223372036854775807}",
            "{\"actor\":\"x\",\"emails\":[],\"grants\":[{\"role\":\"viewer\"}],\"lifeSeconds\":-5}",
            "{\"agent\":\"a\",\"slots\":[\"dev/shop\"]}",
            "{\"agent\":\"a\",\"publicKey\":\"AA==\",\"targets\":{\"dev/shop\":\"\"}}",
            "{\"application\":\"shop\",\"artifact\":\"" + DIGEST
                    + "\",\"predicateType\":\"x\",\"content\":{\"name\":\"n\",\"digest\":\"" + DIGEST
                    + "\",\"size\":1}}",
            "{\"dryRun\":true,\"evenMany\":true}",
            "{\"repository\":\"shop\",\"digest\":\"" + DIGEST + "\"}",
            "{\"pipeline\":[\"dev\",{\"prod\":{\"soak\":\"1h\"}}]}",
            "[\"dev\",{\"prod\":{\"approvals\":1}}]",
            "[".repeat(10_000),
            "{\"a\":" + "9".repeat(5000) + "}",
            "{\"a\":1e999999}",
            "x".repeat(70_000));

    private final Random random;
    private final List<String> operations = new ArrayList<>(REGISTRY);
    private final List<String> authorizations;

    /** @param token one that may do everything */
    RandomRequests(long seed, String token) {
        random = new Random(seed);
        authorizations = List.of(
                "Authorization: Bearer " + token,
                "Authorization: Basic dTp4",
                "Authorization: Basic %%%",
                "Authorization: Bearer",
                "Authorization: ",
                "Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AA",
                "X-None: x",
                "Authorization: Digest username=\"x\"");
        Matcher lines = Pattern.compile("(?m)^ {2}\"?(/[^\":]*)\"?:$|^ {4}(get|put|post|delete|patch):$")
                .matcher(openApi());
        String path = "";
        while (lines.find()) {
            if (lines.group(1) != null) {
                path = lines.group(1);
            } else if (path.startsWith("/api/v1/")) {
                operations.add(lines.group(2).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
    }

    /** Each as a method and a path with parameters in braces. */
    List<String> operations() {
        return operations;
    }

    /** The bytes of one request that asks for the connection to be closed after it. */
    byte[] next() {
        StringBuilder head = new StringBuilder();
        String[] operation = pick(operations).split(" ", 2);
        String path = PARAMETER.matcher(operation[1]).replaceAll(p -> Matcher.quoteReplacement(value(p.group(1))));
        head.append(random.nextInt(8) == 0 ? pick(METHODS) : operation[0])
                .append(' ')
                .append(target(path));
        head.append(" HTTP/1.1\r\nHost: localhost\r\n");
        head.append("Connection: close\r\n")
                .append(random.nextInt(3) > 0 ? authorizations.getFirst() : pick(authorizations))
                .append("\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(pick(HEADERS)).append("\r\n");
        }
        String body = pick(BODIES);
        if (random.nextInt(4) == 0 && !body.isEmpty()) {
            char[] changed = body.toCharArray();
            changed[random.nextInt(changed.length)] = (char) random.nextInt(0x100);
            body = new String(changed);
        }
        byte[] bytes = body.getBytes(UTF_8);
        if (random.nextInt(8) == 0) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            return join(
                    head + Integer.toHexString(bytes.length) + "\r\n",
                    bytes,
                    bytes.length == 0 ? "\r\n" : "\r\n0\r\n\r\n");
        }
        return join(head + "Content-Length: " + bytes.length + "\r\n\r\n", bytes, "");
    }

    private String value(String parameter) {
        return random.nextInt(4) == 0 ? pick(NAMES) : LIKELY.getOrDefault(parameter, "x");
    }

    private String target(String path) {
        String raw = random.nextInt(10) == 0 ? path + pick(NAMES) : path;
        StringBuilder target = new StringBuilder(raw.replace(' ', '+'));
        for (int i = random.nextInt(3); i > 0; i--) {
            target.append(target.indexOf("?") < 0 ? '?' : '&').append(pick(QUERIES));
        }
        return target.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] join(String head, byte[] body, String tail) {
        byte[] first = head.getBytes(UTF_8);
        byte[] last = tail.getBytes(UTF_8);
        byte[] all = new byte[first.length + body.length + last.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        System.arraycopy(last, 0, all, first.length + body.length, last.length);
        return all;
    }

    private static String openApi() {
        try (InputStream in = Objects.requireNonNull(
                RandomRequests.class.getResourceAsStream("/dev/waybill/api/openapi.yaml"), "openapi.yaml")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
