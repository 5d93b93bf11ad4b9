package dev.waybill.core.predicate;

import dev.waybill.core.name.CommitId;

/** One commit between two artifacts, first line only. */
public record CommitNote(CommitId id, Person author, String subject) {}
