package dev.waybill.server.ui;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A posted form (application/x-www-form-urlencoded, WHATWG URL); blank fields count as missing. */
record Form(Map<String, String> fields) {
    private static final int MAX = 64 * 1024;

    static Form of(Call call) throws IOException {
        String body = new String(call.bytes(MAX), StandardCharsets.UTF_8);
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("it is not form-encoded.");
        }
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    String require(String name) {
        return find(name).orElseThrow(() -> malformed("the field '" + name + "' is empty."));
    }

    private static RuntimeException malformed(String missing) {
        return new Problem.Malformed(
                        "FORM_INVALID",
                        "Reading the form",
                        missing,
                        "Go back, fill in what is asked for and send it again.")
                .exception();
    }
}
