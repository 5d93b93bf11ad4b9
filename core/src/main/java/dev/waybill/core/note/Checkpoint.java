package dev.waybill.core.note;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;
import java.util.Arrays;

/** How large a log is and its root (tlog-checkpoint v1.0.0). The origin is a bare host name: stock sigstore clients know no other. */
public record Checkpoint(String origin, long size, Hash root) {
    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw SignedNote.malformed("a checkpoint has an origin and a size that is not negative.");
        }
    }

    /** Reads the text of a note: three lines, then extension lines, which are not empty and mean nothing here. */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4
                || !lines[lines.length - 1].isEmpty()
                || Arrays.asList(lines).subList(0, lines.length - 1).contains("")) {
            throw SignedNote.malformed("a checkpoint is an origin, a size and a root, each on its line.");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
            throw SignedNote.malformed("'" + SignedNote.shorten(lines[1]) + "' is no size.");
        }
        try {
            return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.parse(lines[2]));
        } catch (NumberFormatException e) {
            throw SignedNote.malformed("'" + lines[1] + "' is no size.");
        }
    }

    public static Checkpoint of(String origin, Tree tree) {
        return new Checkpoint(origin, tree.size(), tree.root());
    }

    public Tree tree() {
        return new Tree(size, root);
    }

    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
