package dev.waybill.cli.terminal;

import dev.waybill.core.name.Digest;
import dev.waybill.core.seal.Seal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The two streams and who looks at them.
 *
 * @param live whether a person looks at standard error, so that progress makes sense
 */
public record Terminal(PrintStream out, PrintStream err, Style outStyle, Style errStyle, boolean live, Clock clock) {
    /** The streams of this process. */
    public static Terminal system(Map<String, String> environment) {
        boolean errTerminal = isTerminal(2);
        return new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Style.of(isTerminal(1), environment),
                Style.of(errTerminal, environment),
                errTerminal,
                Clock.tickMillis(ZoneOffset.UTC));
    }

    /** Streams at which nobody looks. */
    public static Terminal plain(PrintStream out, PrintStream err, Clock clock) {
        return new Terminal(out, err, Style.PLAIN, Style.PLAIN, false, clock);
    }

    /** Seal, if colour is on, and the first digits. */
    public String digest(Digest digest) {
        return seal(digest) + digest.shortHex();
    }

    private String seal(Digest digest) {
        if (outStyle == Style.PLAIN) {
            return "";
        }
        Seal seal = Seal.of(digest);
        String codes =
                "38;5;" + seal.ink().terminal() + ";48;5;" + seal.ground().terminal();
        return outStyle.escape(codes, seal.glyphs()) + " ";
    }

    public String age(java.time.Instant at) {
        return Ago.words(at, clock.instant());
    }

    /** The JDK tells only about both streams together; Linux tells about each. */
    @SuppressWarnings("SystemConsoleNull") // declared @Nullable
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            java.io.Console console = System.console();
            return console != null && console.isTerminal();
        }
    }
}
