package dev.waybill.cli.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Prints the story: chapter headings, sentences, commands and what they said. */
final class Narrator {
    private static final int WIDTH = 112;
    /** No line of the story is longer. */
    private static final int LONGEST = 117;

    private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");
    private static final Pattern COMMIT = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{28}\\b");

    private final PrintStream out;
    private final boolean colour;
    private int chapter;
    private String work = "";
    private boolean digestShown;
    private boolean said;

    Narrator(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** From now on this directory is called DEMO. */
    void here(Path directory) {
        work = directory.toString();
    }

    void chapter(String title) {
        chapter++;
        said = false;
        out.println();
        out.println(paint("1", chapter + ". " + title));
        out.flush();
    }

    void say(String sentence) {
        said = true;
        out.println();
        wrap(sentence).forEach(line -> out.println("   " + line));
        out.flush();
    }

    /** @param who the role that types it */
    void command(String who, String line) {
        // What was said right before belongs to it.
        if (!said) {
            out.println();
        }
        said = false;
        List<String> lines = fold(shortened(line), LONGEST - who.length() - 8);
        out.println("   " + paint("2", who) + paint("36", " $ " + lines.getFirst()));
        lines.stream().skip(1).forEach(more -> out.println("   " + paint("36", more)));
        out.flush();
    }

    void output(List<String> lines) {
        for (String line : lines) {
            // The digest of the first build is the identity of everything that follows: it is shown whole, once.
            boolean whole = !digestShown && line.matches("sha256:[0-9a-f]{64}");
            digestShown |= whole;
            if (!line.isBlank()) {
                fold(whole ? line : shortened(line), LONGEST - 5)
                        .forEach(part -> out.println("     " + paint("2", part)));
            }
        }
        out.flush();
    }

    private String shortened(String line) {
        String placed = work.isEmpty() ? line : line.replace(work, "DEMO");
        String digests = DIGEST.matcher(placed).replaceAll("$1\u2026");
        String commits = COMMIT.matcher(digests).replaceAll("$1\u2026");
        // What to type next is the first to go from a line that is too long: the story types it itself.
        int next = commits.length() > LONGEST - 5 ? commits.lastIndexOf(" Next: ") : -1;
        return next < 0 ? commits : commits.substring(0, next);
    }

    /** Breaks a long line between words; what follows stands a little to the right. */
    private static List<String> fold(String line, int width) {
        List<String> parts = new java.util.ArrayList<>();
        String indent = " ".repeat(line.length() - line.stripLeading().length() + 4);
        String rest = line;
        int space = rest.length() <= width ? -1 : rest.lastIndexOf(' ', width);
        while (rest.length() > width && space > indent.length()) {
            parts.add(rest.substring(0, space).stripTrailing());
            rest = indent + rest.substring(space).strip();
            space = rest.lastIndexOf(' ', width);
        }
        parts.add(rest);
        return parts;
    }

    /** What was expected and happened. */
    void proven(String sentence) {
        out.println("   " + paint("32", "\u2713 " + sentence));
        out.flush();
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static List<String> wrap(String text) {
        List<String> lines = new java.util.ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + word.length() + 1 > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
