package dev.waybill.cli.demo;

import java.io.PrintStream;
import java.util.List;

/** Prints the story: chapter headings, sentences, commands and what they said. */
final class Narrator {
    private static final int WIDTH = 96;

    private final PrintStream out;
    private final boolean colour;
    private int chapter;

    Narrator(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void chapter(String title) {
        chapter++;
        out.println();
        out.println(paint("1", chapter + ". " + title));
        out.flush();
    }

    void say(String sentence) {
        out.println();
        wrap(sentence).forEach(line -> out.println("   " + line));
        out.flush();
    }

    /** @param who the role that types it */
    void command(String who, String line) {
        out.println();
        out.println("   " + paint("2", who) + paint("36", " $ " + line));
        out.flush();
    }

    void output(List<String> lines) {
        lines.forEach(line -> out.println("     " + paint("2", line)));
        out.flush();
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
