package dev.waybill.compare.form;

/** What a library says it is. */
public record Origin(String name, String version) {}
