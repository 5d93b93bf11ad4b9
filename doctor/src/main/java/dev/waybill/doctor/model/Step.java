package dev.waybill.doctor.model;

import dev.waybill.doctor.source.Place;
import java.util.Map;

/**
 * A step of a job.
 *
 * @param variables set for this step, job and pipeline together, values bound as far as known
 * @param condition as written, or empty
 */
public record Step(String name, Place place, Action action, Map<String, String> variables, String condition) {}
