package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waybill.core.ledger.StaticLedger;
import dev.waybill.core.name.Digest;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small ledger and ways to spoil what comes from it. */
abstract class Attacks {
    static final int SIZE = 20;
    static final StaticLedger LEDGER = StaticLedger.ofSize(SIZE);

    final Verifier verifier = new Verifier(LEDGER.trust());

    static Question question(int number) {
        return Question.about(Digest.sha256(StaticLedger.artifact(number)), PredicateTypes.PROVENANCE);
    }

    static TrustedKey trusted(KeyRole role) {
        return LEDGER.trust().keys().stream()
                .filter(key -> key.role() == role)
                .findFirst()
                .orElseThrow();
    }

    static LogKey newLog() {
        KeyPair pair = LogKey.generate();
        return new LogKey(
                StaticLedger.ORIGIN, pair.getPrivate(), pair.getPublic().getEncoded());
    }

    static void refused(String code, Runnable attack) {
        assertThat(catchThrowable(attack::run))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).as(e.getMessage()).isEqualTo(code));
    }

    /** The bundle with the first occurrence of a piece of its text replaced. */
    static byte[] changed(int index, String piece, String by) {
        return edit(LEDGER.bundle(index), piece, by);
    }

    /** The same with the last occurrence. */
    static byte[] changedLast(int index, String piece, String by) {
        String text = new String(LEDGER.bundle(index), StandardCharsets.UTF_8);
        int at = text.lastIndexOf(piece);
        assertThat(at).as(piece).isNotNegative();
        return (text.substring(0, at) + by + text.substring(at + piece.length())).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] edit(byte[] bundle, String piece, String by) {
        String text = new String(bundle, StandardCharsets.UTF_8);
        assertThat(text).contains(piece);
        return text.replaceFirst(Pattern.quote(piece), Matcher.quoteReplacement(by))
                .getBytes(StandardCharsets.UTF_8);
    }

    static String member(byte[] bundle, String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(new String(bundle, StandardCharsets.UTF_8));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** A stranger's bundle that claims to be in our log. */
    static byte[] withLogId(byte[] bundle, StaticLedger stranger) {
        Base64.Encoder base64 = Base64.getEncoder();
        return edit(
                bundle,
                base64.encodeToString(stranger.log().verifier().hash()),
                base64.encodeToString(LEDGER.log().verifier().hash()));
    }
}
