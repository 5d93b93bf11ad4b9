package dev.waybill.compare.contents;

/** The name of an entry as it may be shown and stored: relative, no way up, no control characters, bounded. */
final class SafePath {
    static final int LONGEST = 1024;

    private SafePath() {}

    static String of(String raw) {
        StringBuilder path = new StringBuilder();
        for (String segment : raw.split("[/\\\\]")) {
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            if (path.length() > 0) {
                path.append('/');
            }
            path.append(segment.equals("..") ? "(up)" : visible(segment));
        }
        String whole = path.length() == 0 ? "(unnamed)" : path.toString();
        // The end of a long path says more than its beginning.
        return whole.length() <= LONGEST ? whole : whole.substring(whole.length() - LONGEST);
    }

    private static String visible(String segment) {
        StringBuilder out = new StringBuilder(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            boolean hidden = Character.isISOControl(c) || Character.isSurrogate(c) || isDirection(c);
            out.append(hidden ? '\uFFFD' : c);
        }
        return out.toString();
    }

    /** Marks that turn the direction of text make one name look like another (Unicode TR 36, 3.7). */
    private static boolean isDirection(char c) {
        return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }
}
