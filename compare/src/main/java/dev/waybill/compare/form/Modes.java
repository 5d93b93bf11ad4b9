package dev.waybill.compare.form;

import java.util.Locale;

/** Permission bits (POSIX.1-2017, sys/stat.h), and which of them a builder's umask leaves to chance. */
public final class Modes {
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int SPECIAL = 07000;
    private static final int EXECUTE = 0111;

    private Modes() {}

    /** All bits, in octal. */
    public static Atom value(int mode) {
        return new Atom(String.format(Locale.ROOT, "%06o", mode));
    }

    /**
     * Group write follows the umask when the owner may write, group and others may read alike, and others may not write:
     * 0664 is 0644 and 0775 is 0755. Nothing else is noise: execute, setuid, setgid, sticky and write for others stay.
     */
    public static int withoutUmask(int mode) {
        boolean noise = (mode & 0222) == 0220 && ((mode >> 3) & 5) == (mode & 7);
        return noise ? mode & ~0020 : mode;
    }

    /** What matters of a file that is read in place: whether it may be executed, special bits, and what it is. */
    public static int inPlace(int mode) {
        int type = mode & TYPE;
        if (type == DIRECTORY) {
            return mode & SPECIAL;
        }
        return (type == REGULAR ? 0 : type) | (mode & (SPECIAL | EXECUTE));
    }

    /** What an unpacker makes of a member without a mode: 0644, or 0755 for a directory. */
    public static boolean isDefault(int mode) {
        int type = mode & TYPE;
        int bits = withoutUmask(mode & 07777);
        return type == DIRECTORY ? bits == 0755 : (type == REGULAR || type == 0) && bits == 0644;
    }
}
