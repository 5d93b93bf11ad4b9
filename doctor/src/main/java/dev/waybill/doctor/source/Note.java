package dev.waybill.doctor.source;

/** Something that could not be read, and where. */
public record Note(Place place, String text) {}
