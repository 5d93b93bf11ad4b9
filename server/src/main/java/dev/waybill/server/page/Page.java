package dev.waybill.server.page;

import dev.waybill.server.http.Call;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A template with what it shows; drawn whole before the first byte is sent, so that a failure is a page of its own. */
public final class Page {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Page.class.getClassLoader(), "dev.waybill.server.page.template");

    /** Below this, compressing saves no packet. */
    private static final int WORTH_COMPRESSING = 1400;

    private final String template;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    private Page(String template) {
        this.template = template;
    }

    public static Page of(String template, Frame frame) {
        return new Page(template).with("frame", frame);
    }

    public Page with(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    public byte[] bytes() {
        Utf8ByteOutput out = new Utf8ByteOutput();
        ENGINE.render(template + ".jte", values, out);
        return out.toByteArray();
    }

    /** Pages are for one person: nothing on the way may keep them. */
    public void send(Call call) throws IOException {
        send(call, 200);
    }

    public void send(Call call, int status) throws IOException {
        call.header("Cache-Control", "no-store");
        send(call, status, "text/html; charset=utf-8", bytes());
    }

    public static void send(Call call, int status, String type, byte[] bytes) throws IOException {
        boolean accepts =
                call.header("Accept-Encoding").filter(a -> a.contains("gzip")).isPresent();
        call.header("Vary", "Accept-Encoding");
        if (!accepts || bytes.length < WORTH_COMPRESSING) {
            call.send(status, type, bytes);
            return;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        call.header("Content-Encoding", "gzip");
        call.send(status, type, packed.toByteArray());
    }
}
