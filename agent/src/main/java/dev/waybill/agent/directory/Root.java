package dev.waybill.agent.directory;

import java.nio.file.Path;

/**
 * Where a directory target keeps what: {@code releases/N} (files, read-only), {@code current} (link), {@code records/N.json},
 * {@code config/N.json} and {@code config/N/} (0600), {@code logs/N.log}, {@code process.json}, {@code journal.json}.
 */
public record Root(Path path) {
    public Root {
        path = path.toAbsolutePath().normalize();
    }

    public Path releases() {
        return path.resolve("releases");
    }

    public Path release(String directory) {
        return releases().resolve(directory);
    }

    Path incoming() {
        return path.resolve("incoming");
    }

    Path current() {
        return path.resolve("current");
    }

    Path records() {
        return path.resolve("records");
    }

    Path record(long number) {
        return records().resolve(number + ".json");
    }

    Path config() {
        return path.resolve("config");
    }

    Path config(long number) {
        return config().resolve(number + ".json");
    }

    Path configFiles(long number) {
        return config().resolve(Long.toString(number));
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** Where the processes of a release write. */
    public Path log(long number) {
        return logs().resolve(number + ".log");
    }

    Path oldLog(long number) {
        return logs().resolve(number + ".old.log");
    }

    Path process() {
        return path.resolve("process.json");
    }

    Path journal() {
        return path.resolve("journal.json");
    }
}
