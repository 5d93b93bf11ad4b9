package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.shell.Meaning;
import java.util.List;
import java.util.Optional;

/** A job with what it does. */
record Work(Pipeline pipeline, Job job, List<Effect> effects) {
    List<Effect> all(Meaning... meanings) {
        return effects.stream().filter(effect -> effect.is(meanings)).toList();
    }

    boolean has(Meaning... meanings) {
        return effects.stream().anyMatch(effect -> effect.is(meanings));
    }

    boolean sees(Meaning... meanings) {
        return effects.stream().anyMatch(effect -> effect.is(meanings) && !effect.opaque());
    }

    /** The environment that the file itself gives this instance. */
    Optional<String> label() {
        Optional<String> environment = job.environment().filter(Environments::onTheWay);
        return environment.isPresent() ? environment : job.bound().filter(Environments::onTheWay);
    }

    /** Whether something leaves this job. */
    boolean handsOn() {
        return job.traits().produces() || has(Meaning.ARTIFACT_OUT, Meaning.PUBLISH, Meaning.DEPLOY);
    }
}
