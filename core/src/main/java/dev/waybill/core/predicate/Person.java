package dev.waybill.core.predicate;

/** Name and e-mail as the commit states them: a claim of the commit, used for author exclusion by e-mail. */
public record Person(String name, String email) {}
