package dev.waybill.doctor.model;

import dev.waybill.doctor.source.Place;
import java.util.Map;

/** What a step does, as its file says it. */
public sealed interface Action {
    /**
     * Commands.
     *
     * @param first the place of the script's first line
     * @param remote they run on the machine that is deployed to
     */
    record Run(String script, Place first, boolean remote) implements Action {}

    /** Reuse that the table may know by its name: an action, a task, an orb's command, a pipe. */
    record Use(String name, Map<String, String> inputs) implements Action {}

    /** Hands files on. */
    record HandOver(boolean out, String name) implements Action {}

    /** Something that decides but cannot be seen. */
    record Opaque(String what, Map<String, String> inputs) implements Action {}

    /** A person has to agree. */
    record Approval() implements Action {}

    /** Starts a pipeline of another repository. */
    record Trigger(String what) implements Action {}
}
