package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.model.Refs;

/**
 * A build that can have made what an environment gets.
 *
 * @param run for which references it ran when it made that
 * @param pooled found by looking a reference up, so that any of its runs can have made it
 */
record Producer(Work work, Effect build, Refs run, boolean pooled) {
    /** Whether both mean one run of one build, as far as anybody can say. */
    boolean same(Producer other) {
        if (build.guarded() && other.build.guarded() && build.place().equals(other.build.place())) {
            return true;
        }
        boolean node = build.place().equals(other.build.place())
                && work.job().id().equals(other.work.job().id())
                && work.pipeline().file().equals(other.work.pipeline().file());
        return node && (pooled || other.pooled || build.guarded() || run.meets(other.run));
    }
}
