package dev.waybill.doctor.model;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * For which references and events something runs: {@code branch:main}, {@code branch:!main}, {@code tag}, {@code pr},
 * {@code dispatch}, {@code dispatch:input=value}, {@code schedule}, {@code release}. None means: for any.
 */
public record Refs(Set<String> any) {
    public static final Refs ALL = new Refs(Set.of());
    /** What nothing runs for. */
    public static final Refs NONE = new Refs(Set.of("never"));

    public Refs {
        any = Set.copyOf(any);
    }

    public static Refs of(String... atoms) {
        return new Refs(Set.of(atoms));
    }

    public static Refs of(Collection<String> atoms) {
        return new Refs(Set.copyOf(atoms));
    }

    public boolean unrestricted() {
        return any.isEmpty();
    }

    /** Whether one run can be both. */
    public boolean meets(Refs other) {
        return !and(other).equals(NONE);
    }

    public Refs and(Refs other) {
        if (unrestricted() || other.unrestricted()) {
            return unrestricted() ? other : this;
        }
        Set<String> both = new TreeSet<>();
        for (String mine : any) {
            for (String theirs : other.any) {
                String narrower = narrower(mine, theirs);
                if (!narrower.isEmpty()) {
                    both.add(narrower);
                }
            }
        }
        return both.isEmpty() ? NONE : new Refs(both);
    }

    public Refs or(Refs other) {
        if (unrestricted() || other.unrestricted()) {
            return ALL;
        }
        if (equals(NONE) || other.equals(NONE)) {
            return equals(NONE) ? other : this;
        }
        Set<String> both = new TreeSet<>(any);
        both.addAll(other.any);
        return new Refs(both);
    }

    /** The atom that both allow, or empty. */
    private static String narrower(String a, String b) {
        if (a.equals(b)) {
            return a;
        }
        if (kind(a).equals(kind(b))) {
            return sameKind(a, b);
        }
        return "";
    }

    private static String kind(String atom) {
        int colon = atom.indexOf(':');
        return colon < 0 ? atom : atom.substring(0, colon);
    }

    private static String sameKind(String a, String b) {
        String left = a.substring(Math.min(a.length(), kind(a).length() + 1));
        String right = b.substring(Math.min(b.length(), kind(b).length() + 1));
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? b : a;
        }
        if (kind(a).equals("dispatch")) {
            boolean sameInput = left.split("=", 2)[0].equals(right.split("=", 2)[0]);
            return sameInput ? "" : a;
        }
        if (kind(a).equals("tag")) {
            return a;
        }
        return branch(left, right) ? (left.contains("*") || left.startsWith("!") ? b : a) : "";
    }

    private static boolean branch(String left, String right) {
        if (left.startsWith("!") || right.startsWith("!")) {
            return !left.equals("!" + right) && !right.equals("!" + left);
        }
        return glob(left, right)
                || glob(right, left)
                || (left.contains("*") && right.contains("*") && overlap(left, right));
    }

    private static boolean glob(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '*' ? ".*" : java.util.regex.Pattern.quote(String.valueOf(c)));
        }
        return name.matches(regex.toString());
    }

    private static boolean overlap(String left, String right) {
        String a = left.substring(0, left.indexOf('*'));
        String b = right.substring(0, right.indexOf('*'));
        return a.startsWith(b) || b.startsWith(a);
    }

    @Override
    public String toString() {
        return unrestricted() ? "any run" : String.join(", ", new TreeSet<>(any));
    }
}
