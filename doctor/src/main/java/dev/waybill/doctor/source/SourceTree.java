package dev.waybill.doctor.source;

import java.util.List;
import java.util.Optional;

/** The files of one repository. */
public interface SourceTree {
    /** All paths, sorted. */
    List<String> paths();

    /** The text of one file; empty if there is none, or it is no text, or too large. */
    Optional<String> text(String path);

    /** What could not be read so far. */
    List<Note> notes();

    default boolean has(String path) {
        return paths().contains(path);
    }
}
