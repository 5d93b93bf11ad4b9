package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.source.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes on their way into an environment.
 *
 * @param environment its name, or empty if nothing tells
 * @param open chosen only at start, from names that the file does not list
 * @param producers the builds that can have made them
 */
record Deployment(
        Work work, Effect effect, String environment, boolean open, boolean published, List<Producer> producers) {
    int rank() {
        return Environments.rank(environment);
    }

    String key() {
        return Environments.canonical(environment);
    }

    boolean opaque() {
        return effect.opaque();
    }

    Finding.Chain chain() {
        List<Place> places = new ArrayList<>(work.job().route());
        places.add(effect.place());
        producers.stream().limit(3).forEach(producer -> {
            if (!producer.work().job().equals(work.job())) {
                places.addAll(producer.work().job().route());
            }
            places.add(producer.build().place());
        });
        String build = producers.isEmpty()
                ? "build not visible"
                : "build " + producers.getFirst().work().job().name() + " ("
                        + producers.getFirst().run() + ")";
        return new Finding.Chain(
                (environment.isEmpty() ? "(unnamed)" : environment) + " <- "
                        + work.job().name() + " <- " + build,
                places.stream().distinct().toList());
    }

    boolean shares(Deployment other) {
        return producers.stream().anyMatch(mine -> other.producers.stream().anyMatch(mine::same));
    }
}
