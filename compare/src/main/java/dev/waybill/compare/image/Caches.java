package dev.waybill.compare.image;

import java.util.regex.Pattern;

/** Files that package managers and their relatives write anew each time, and that nothing in a container acts on. */
final class Caches {
    private static final Pattern PATH = Pattern.compile("var/log/(apt/.*|dpkg\\.log|alternatives\\.log|bootstrap\\.log"
            + "|lastlog|faillog|yum\\.log|dnf.*\\.log|apk\\.log)"
            + "|var/cache/(ldconfig/aux-cache|apt/.*|debconf/.*-old|fontconfig/.*|yum/.*|dnf/.*)"
            + "|var/lib/(apt/lists/.*|dpkg/(status|available|diversions|statoverride)-old|systemd/catalog/database)"
            + "|lib/apk/db/scripts\\.tar(\\.gz)?|etc/machine-id|root/\\.wget-hsts");

    private Caches() {}

    static boolean isCache(String path) {
        return PATH.matcher(path).matches();
    }
}
