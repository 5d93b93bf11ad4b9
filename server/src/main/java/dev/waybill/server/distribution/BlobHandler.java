package dev.waybill.server.distribution;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.http.Call;
import dev.waybill.server.registry.Contents;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** end-2 and end-10: blobs out, whole or in parts, straight from the file through large direct buffers. */
final class BlobHandler {
    private static final String BINARY = "application/octet-stream";

    private final Contents contents;

    BlobHandler(Contents contents) {
        this.contents = contents;
    }

    void pull(Call call, OciRoute.PullBlob route) throws IOException {
        if (route.head()) {
            OptionalLong size = contents.size(route.name(), route.digest());
            if (size.isEmpty()) {
                throw contents.unknown(route.name(), route.digest());
            }
            headers(call.context(), route.digest()).contentType(BINARY).status(200);
            call.context().res().setContentLengthLong(size.getAsLong());
            return;
        }
        Optional<Blob> found = contents.open(route.name(), route.digest());
        try (Blob blob = found.orElseThrow(() -> contents.unknown(route.name(), route.digest()))) {
            send(call, route.digest(), blob);
        }
    }

    private static void send(Call call, Digest digest, Blob blob) throws IOException {
        Context context = headers(call.context(), digest);
        if (etag(digest).equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        String condition = context.header("If-Range");
        boolean ranged = condition == null || condition.equals(etag(digest));
        Optional<List<ByteRanges.Part>> parts =
                ranged ? ByteRanges.parse(context.header("Range"), blob.size()) : Optional.empty();
        if (parts.isEmpty()) {
            context.status(200).contentType(BINARY);
            context.res().setContentLengthLong(blob.size());
            blob.copy(0, blob.size(), call.output());
        } else if (parts.get().size() == 1) {
            ByteRanges.Part part = parts.get().getFirst();
            context.status(206).contentType(BINARY).header("Content-Range", part.contentRange(blob.size()));
            context.res().setContentLengthLong(part.length());
            blob.copy(part.first(), part.length(), call.output());
        } else {
            sendMany(call, blob, parts.get());
        }
    }

    /** RFC 9110, section 14.6, with the length declared before the first byte. */
    private static void sendMany(Call call, Blob blob, List<ByteRanges.Part> parts) throws IOException {
        String boundary = UUID.randomUUID().toString();
        long length = end(boundary).length;
        for (ByteRanges.Part part : parts) {
            length += head(boundary, part, blob.size()).length + part.length();
        }
        call.context().status(206).contentType("multipart/byteranges; boundary=" + boundary);
        call.context().res().setContentLengthLong(length);
        WritableByteChannel out = call.output();
        for (ByteRanges.Part part : parts) {
            out.write(ByteBuffer.wrap(head(boundary, part, blob.size())));
            blob.copy(part.first(), part.length(), out);
        }
        out.write(ByteBuffer.wrap(end(boundary)));
    }

    private static byte[] head(String boundary, ByteRanges.Part part, long size) {
        return ("\r\n--" + boundary + "\r\nContent-Type: " + BINARY + "\r\nContent-Range: " + part.contentRange(size)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] end(String boundary) {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static Context headers(Context context, Digest digest) {
        return context.header("Docker-Content-Digest", digest.toString())
                .header("Accept-Ranges", "bytes")
                .header("ETag", etag(digest));
    }

    static String etag(Digest digest) {
        return "\"" + digest + "\"";
    }

    void delete(Call call, OciRoute.DeleteBlob route, ActorName by) {
        if (!contents.delete(route.name(), route.digest(), by)) {
            throw contents.unknown(route.name(), route.digest());
        }
        call.context().status(202);
    }
}
