package dev.waybill.e2e.bench.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One HTTP/1.1 connection that stays open (RFC 9112): as little of a client as possible, because on this machine its work is
 * taken from the server's.
 */
final class Wire implements AutoCloseable {
    /** As clients send it; distribution finds no OCI manifest for whoever does not say it. */
    private static final String ACCEPT = "Accept: application/vnd.oci.image.manifest.v1+json, */*\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String tail;

    /** @param token for a bearer; empty for a server that asks for none */
    Wire(int port, String token) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.out = socket.getOutputStream();
        this.tail = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    /** What came back; the body was read and thrown away. */
    record Answer(int status, Map<String, String> headers, long bytes) {
        Answer expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException("status " + status + " instead of " + wanted);
            }
            return this;
        }

        /** Path and query of the Location, whatever host stands before it. */
        String location() {
            String location = headers.getOrDefault("location", "");
            return location.replaceFirst("^https?://[^/]+", "");
        }
    }

    /** Writes a body of known length. */
    interface Body {
        void to(OutputStream out) throws IOException;
    }

    Answer get(String path) throws IOException {
        head("GET", path, ACCEPT);
        return answer(true);
    }

    /** Reads so many steps of the body with a pause (ns) after each, and then no more of it. */
    void readSlowly(String path, int step, int steps, long pause) throws IOException {
        head("GET", path, ACCEPT);
        answer(false).expect(200);
        for (int i = 0; i < steps; i++) {
            skip(step);
            LockSupport.parkNanos(pause);
        }
    }

    Answer headOnly(String path) throws IOException {
        head("HEAD", path, ACCEPT);
        return answer(false);
    }

    Answer send(String method, String path, String type, byte[] body) throws IOException {
        byte[] head = bytes(method + " " + path + tail + "Content-Length: " + body.length + "\r\nContent-Type: " + type
                + "\r\n\r\n");
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        out.write(all);
        return answer(true);
    }

    Answer stream(String method, String path, long length, Body body) throws IOException {
        head(method, path, "Content-Length: " + length + "\r\nContent-Type: application/octet-stream\r\n");
        body.to(out);
        out.flush();
        return answer(true);
    }

    private void head(String method, String path, String more) throws IOException {
        out.write(bytes(method + " " + path + tail + more + "\r\n"));
    }

    private Answer answer(boolean withBody) throws IOException {
        String first = line();
        if (first.length() < 12) {
            throw new IOException("no HTTP: " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        long read = withBody ? body(headers) : 0;
        return new Answer(status, headers, read);
    }

    private long body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return skip(Long.parseLong(length));
        }
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return 0;
        }
        long all = 0;
        for (long size = chunk(); size > 0; size = chunk()) {
            all += skip(size);
            line();
        }
        line();
        return all;
    }

    private long chunk() throws IOException {
        return Long.parseLong(line().replaceFirst(";.*", "").strip(), 16);
    }

    private long skip(long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(256 * 1024, Math.max(1, length))];
        for (long left = length; left > 0; ) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException("the body ended early");
            }
            left -= n;
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
