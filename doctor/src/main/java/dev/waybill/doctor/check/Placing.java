package dev.waybill.doctor.check;

import dev.waybill.doctor.effect.Effect;
import dev.waybill.doctor.model.Environments;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Step;
import java.util.Map;
import java.util.Optional;

/** Where a deployment goes: what the file binds comes before names, names before branches. */
final class Placing {
    /**
     * @param aside a preview or a package site
     * @param open chosen at start
     */
    record Placed(String name, boolean aside, boolean open) {}

    Placed of(Work work, Effect effect) {
        Job job = work.job();
        if (job.environment().isPresent()) {
            String name = job.environment().get();
            boolean open = name.contains("${{") || name.contains("$(") || name.contains("<<");
            if (open && job.bound().isPresent()) {
                return new Placed(job.bound().get(), false, false);
            }
            return new Placed(name, !open && !Environments.onTheWay(name), open);
        }
        if (job.bound().isPresent()) {
            return new Placed(
                    job.bound().get(), !Environments.onTheWay(job.bound().get()), false);
        }
        if (job.refs().any().equals(java.util.Set.of("pr"))) {
            return new Placed("", true, false);
        }
        Optional<String> said = Environments.named(effect.step())
                .or(() -> variables(job, effect))
                .or(() -> Environments.strong(effect.text()))
                .or(() -> called(work));
        return said.map(name -> new Placed(name, false, false))
                .orElseGet(() -> new Placed("", !Environments.onTheWay(last(job.id())), false));
    }

    private static Optional<String> called(Work work) {
        return Environments.named(last(work.job().id()))
                .or(() -> Environments.named(work.job().name()))
                .or(() -> Environments.named(work.job().id()))
                .or(() -> file(work))
                .or(() -> branch(work));
    }

    Placed published(Work work) {
        Optional<String> said = work.label()
                .or(() -> Environments.strong(last(work.job().id())))
                .or(() -> Environments.strong(work.job().name()))
                .or(() -> file(work));
        return new Placed(said.orElse(""), false, false);
    }

    private static Optional<String> file(Work work) {
        String file = work.pipeline().file();
        return Environments.named(file.substring(file.lastIndexOf('/') + 1))
                .or(() -> Environments.strong(work.pipeline().name()));
    }

    private static Optional<String> branch(Work work) {
        var atoms = work.job().refs().any();
        return atoms.size() == 1
                ? atoms.stream()
                        .filter(atom -> atom.startsWith("branch:"))
                        .flatMap(atom -> Environments.strong(atom.substring(7)).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> variables(Job job, Effect effect) {
        for (Step step : job.steps()) {
            if (step.place().equals(effect.place())) {
                for (Map.Entry<String, String> variable : step.variables().entrySet()) {
                    if (variable.getKey().matches("(?i).*(env|environment|stage|cluster|namespace|space|target).*")) {
                        Optional<String> strong = Environments.strong(variable.getValue());
                        if (strong.isPresent()) {
                            return strong;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
