package dev.waybill.compare.image;

import dev.waybill.compare.form.Origin;
import dev.waybill.compare.tar.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which package each file belongs to, by the databases of dpkg and apk. */
final class Packages {
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final Pattern INFO = Pattern.compile("var/lib/dpkg/info/([^/]+?)(?::[a-z0-9]+)?\\.[a-z0-9]+");

    private final Map<String, String> versions;
    private final Map<String, String> owners = new HashMap<>();

    private Packages(Map<String, String> versions) {
        this.versions = versions;
    }

    static Packages of(Map<String, Member> files) throws IOException {
        Packages packages = new Packages(new HashMap<>());
        Member status = files.get("var/lib/dpkg/status");
        if (status != null) {
            packages.versions.putAll(PackageList.dpkg(text(status)));
            for (Map.Entry<String, Member> entry : files.entrySet()) {
                Matcher info = INFO.matcher(entry.getKey());
                if (info.matches() && entry.getKey().endsWith(".list")) {
                    packages.owns(info.group(1), text(entry.getValue()));
                }
            }
        }
        Member installed = files.get("lib/apk/db/installed");
        if (installed != null) {
            packages.versions.putAll(PackageList.apk(text(installed)));
            packages.owners.putAll(PackageList.apkFiles(text(installed)));
        }
        return packages;
    }

    private void owns(String name, String list) {
        list.lines()
                .filter(line -> line.startsWith("/") && line.length() > 2)
                .forEach(line -> owners.putIfAbsent(line.substring(1), name));
    }

    private static String text(Member member) throws IOException {
        return new String(member.data().whole(LARGEST), StandardCharsets.UTF_8);
    }

    /** Null when no package says that the file is its own, or the package's version is unknown. */
    @Nullable
    Origin owner(String path) {
        Matcher info = INFO.matcher(path);
        String name = info.matches() ? info.group(1) : owners.get(path);
        String version = name == null ? null : versions.get(name);
        return name == null || version == null ? null : new Origin(name, version, ImageRules.PACKAGE);
    }
}
