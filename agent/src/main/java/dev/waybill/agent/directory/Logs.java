package dev.waybill.agent.directory;

import dev.waybill.agent.store.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the processes of releases wrote. They write into the file themselves, so nothing bounds it while one runs; at each
 * start a file that has grown large is put aside, and with a good deployment files of releases long gone leave.
 */
final class Logs {
    static final long LARGE = 10L * 1024 * 1024;
    static final int RELEASES = 20;
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})(\\.old)?\\.log");

    private final Disk disk;
    private final Root root;

    Logs(Disk disk, Root root) {
        this.disk = disk;
        this.root = root;
    }

    /** Call while no process of the release lives. One older file stays. */
    Path begin(long number) throws IOException {
        Path log = root.log(number);
        if (Files.exists(log) && Files.size(log) > LARGE) {
            disk.rename(log, root.oldLog(number));
        }
        return log;
    }

    /** Those of kept releases stay, and those of the newest numbers whether kept or not: failed ones are read most. */
    void sweep(long newest, List<Kept> kept) throws IOException {
        Set<String> directories = kept.stream().map(Kept::directory).collect(Collectors.toSet());
        Set<Long> numbers = kept.stream().map(Kept::number).collect(Collectors.toSet());
        List<Path> files;
        try (Stream<Path> all = Files.list(root.logs())) {
            files = all.toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()
                    && Long.parseLong(name.group(1)) <= newest - RELEASES
                    && !numbers.contains(Long.valueOf(name.group(1)))
                    && !directories.contains(name.group(1))) {
                disk.remove(file);
            }
        }
    }
}
