package dev.waybill.compare.image;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Modes;
import dev.waybill.compare.form.Origin;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Setting;
import dev.waybill.compare.tar.Member;
import dev.waybill.compare.tar.MemberForm;
import dev.waybill.compare.verdict.Rule;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Layers on each other (image-spec, layer.md, "Changesets"): a later file replaces an earlier one, a whiteout removes it. */
final class Stack {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /** A file and the digest of the layer of the base system it is in; empty for other layers. */
    private record Placed(Member member, String system) {}

    private final boolean somethingBelow;
    private final TreeMap<String, Placed> files = new TreeMap<>();
    private final TreeMap<String, String> removed = new TreeMap<>();

    /** @param somethingBelow whether a whiteout can hide a file that is not in these layers */
    Stack(boolean somethingBelow) {
        this.somethingBelow = somethingBelow;
    }

    /** @param lowest digest of the layer if it is the lowest of several; empty otherwise */
    void add(Layer layer, String lowest) {
        String system = !lowest.isEmpty() && layer.isSystem() ? lowest : "";
        // Whiteouts hold for the layers below, wherever in their own layer they stand.
        for (Member member : layer.members()) {
            whiteout(member.path());
        }
        for (Member member : layer.members()) {
            String path = member.path();
            if (!file(path).startsWith(WHITEOUT)) {
                if (member.type() != 'd') {
                    below(path);
                }
                files.put(path, new Placed(member, system));
                removed.remove(path);
            }
        }
    }

    private void whiteout(String path) {
        String file = file(path);
        String directory = path.substring(0, path.length() - file.length());
        if (file.equals(OPAQUE)) {
            below(directory.isEmpty() ? "" : directory.substring(0, directory.length() - 1));
            removed.put(directory, "everything in it");
        } else if (file.startsWith(WHITEOUT)) {
            String gone = directory + file.substring(WHITEOUT.length());
            files.remove(gone);
            below(gone);
            removed.put(gone, "removed");
        }
    }

    /** Removes what lies in a directory. */
    private void below(String path) {
        String prefix = path.isEmpty() ? "" : path + "/";
        files.subMap(prefix, prefix + Character.MAX_VALUE).clear();
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    void parts(Form.Builder form) throws IOException {
        Map<String, Member> members = new TreeMap<>();
        files.forEach((path, placed) -> members.put(path, placed.member()));
        Packages packages = Packages.of(members);
        for (Map.Entry<String, Placed> entry : files.entrySet()) {
            form.add(part(entry.getKey(), entry.getValue(), packages));
        }
        if (somethingBelow) {
            removed.forEach((path, what) -> form.add(Part.of("/" + path + " (removed)", new Atom(what))));
        }
    }

    private static Part part(String path, Placed placed, Packages packages) throws IOException {
        Lazy lazy = new MemberForm(placed.member(), Setting.ROOT_FILE_SYSTEM).lazy();
        String name = "/" + path;
        if (Caches.isCache(path) && isPlain(placed.member())) {
            return Part.droppable(name, new Atom(lazy.identity()), ImageRules.CACHE);
        }
        if (!placed.system().isEmpty()) {
            Origin origin = new Origin("base image", placed.system().substring(0, 12), ImageRules.BASE);
            return part(name, lazy, origin, ImageRules.BASE);
        }
        Origin owner = packages.owner(path);
        return owner == null ? Part.of(name, lazy) : part(name, lazy, owner, ImageRules.PACKAGE);
    }

    private static Part part(String name, Lazy lazy, Origin origin, Rule rule) {
        Lazy told = new Lazy(
                lazy.identity(), lazy.content(), () -> lazy.making().make().of(origin));
        return Part.of(name, told, rule);
    }

    /** Nothing that could be executed or run as somebody else. */
    private static boolean isPlain(Member member) throws IOException {
        return member.type() == 'f' && Modes.inPlace(0100000 | member.header().mode()) == 0;
    }
}
