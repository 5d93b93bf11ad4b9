package dev.waybill.doctor.source;

import java.util.Comparator;

/**
 * A line in a file of the tree.
 *
 * @param file relative path with slashes
 * @param line from 1
 */
public record Place(String file, int line) implements Comparable<Place> {
    public Place down(int lines) {
        return new Place(file, line + lines);
    }

    @Override
    public int compareTo(Place other) {
        return Comparator.comparing(Place::file).thenComparingInt(Place::line).compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
