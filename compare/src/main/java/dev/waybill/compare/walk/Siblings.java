package dev.waybill.compare.walk;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Scratch;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of one container by every hash that a text beside them may call them by. */
final class Siblings {
    /** A container with more files is not hashed for this. */
    private static final int MOST = 20_000;

    private static final List<String> ALGORITHMS = List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    /** Hexadecimal of md5 and longer, or base64 of sha1 and longer. */
    private static final Pattern HASH = Pattern.compile(
            "(?<![0-9A-Za-z+/_-])(?:[0-9a-fA-F]{32,128}|[0-9A-Za-z+/_-]{27,86}={0,2})(?![0-9A-Za-z+/_=-])");

    private final Form form;
    private final Scratch scratch;
    private @Nullable Map<String, String> names;

    Siblings(Form form, Scratch scratch) {
        this.form = form;
        this.scratch = scratch;
    }

    static boolean mayNameHashes(String text) {
        return HASH.matcher(text).find();
    }

    String resolve(String text) throws IOException {
        Map<String, String> known = names();
        if (known.isEmpty()) {
            return text;
        }
        Matcher matcher = HASH.matcher(text);
        return matcher.replaceAll(found -> {
            String written = found.group();
            String hex = written.length() % 32 == 0 || written.length() == 40
                    ? written.toLowerCase(java.util.Locale.ROOT)
                    : written;
            String name = known.getOrDefault(hex, known.get(written));
            return Matcher.quoteReplacement(name == null ? written : "\u0001hash of " + name + "\u0001");
        });
    }

    private Map<String, String> names() throws IOException {
        Map<String, String> known = names;
        if (known == null) {
            known = new HashMap<>();
            if (form.parts().size() <= MOST) {
                for (Part part : form.parts().values()) {
                    Content content = content(part);
                    if (content != null) {
                        hash(part.name(), content, known);
                    }
                }
            }
            names = known;
        }
        return known;
    }

    private static @Nullable Content content(Part part) {
        return switch (part.value()) {
            case Content content -> content;
            case Lazy lazy -> lazy.content();
            default -> null;
        };
    }

    private void hash(String name, Content content, Map<String, String> into) throws IOException {
        Bytes bytes = content.open(scratch);
        try {
            List<MessageDigest> digests =
                    ALGORITHMS.stream().map(Siblings::digest).toList();
            byte[] buffer = new byte[64 * 1024];
            for (long at = 0; at < bytes.size(); at += buffer.length) {
                int count = (int) Math.min(buffer.length, bytes.size() - at);
                bytes.read(at, buffer, 0, count);
                digests.forEach(digest -> digest.update(buffer, 0, count));
            }
            for (MessageDigest digest : digests) {
                byte[] hash = digest.digest();
                into.putIfAbsent(HexFormat.of().formatHex(hash), name);
                into.putIfAbsent(Base64.getEncoder().encodeToString(hash), name);
                into.putIfAbsent(Base64.getUrlEncoder().withoutPadding().encodeToString(hash), name);
            }
        } finally {
            bytes.release();
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
