package dev.waybill.doctor.yaml;

import dev.waybill.doctor.source.Note;
import dev.waybill.doctor.source.Place;

/** A document that cannot be read, and where it went wrong. */
public final class YamlTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String reason;

    YamlTrouble(Place place, String reason) {
        super(place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    public Note note() {
        return new Note(place, reason);
    }
}
