package dev.waybill.doctor.model;

import dev.waybill.doctor.source.Note;
import dev.waybill.doctor.source.SourceTree;
import java.util.List;

/** The pipelines of one repository. */
public record Repository(SourceTree tree, List<Pipeline> pipelines, List<Note> notes) {}
