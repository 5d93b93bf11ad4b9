package dev.waybill.doctor.effect;

import dev.waybill.doctor.model.Action;
import dev.waybill.doctor.model.Job;
import dev.waybill.doctor.model.Step;
import dev.waybill.doctor.shell.CommandTable;
import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.shell.ShellReader;
import dev.waybill.doctor.shell.Words;
import dev.waybill.doctor.source.SourceTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The effects of a job's steps, in order. */
public final class EffectReader {
    private static final Set<String> PRODUCING = Set.of("build", "builds", "compile", "package", "bundle", "assemble");

    private final Scripts scripts;

    public EffectReader(SourceTree tree) {
        this.scripts = new Scripts(tree);
    }

    public List<Effect> effects(Job job) {
        Reading reading = new Reading(job);
        job.steps().forEach(reading::step);
        return reading.finished();
    }

    /** One job on its way. */
    private final class Reading {
        private final Job job;
        private final boolean placed;
        private final List<Effect> found = new ArrayList<>();
        private final Values values = new Values();
        private final Set<String> foreign = new HashSet<>();
        private boolean asked;

        Reading(Job job) {
            this.job = job;
            this.placed = job.environment().isPresent() || job.bound().isPresent();
        }

        void step(Step step) {
            values.set(step.variables());
            switch (step.action()) {
                case Action.Run run -> run(step, run);
                case Action.Use use -> use(step, use);
                case Action.HandOver hand ->
                    add(step, hand.out() ? Meaning.ARTIFACT_OUT : Meaning.ARTIFACT_IN, hand.name());
                case Action.Opaque opaque -> opaque(step, opaque);
                case Action.Approval approval -> add(step, Meaning.APPROVAL, "approval");
                case Action.Trigger trigger -> add(step, Meaning.TRIGGER, trigger.what(), Effect.Certainty.OPAQUE);
            }
        }

        private void run(Step step, Action.Run run) {
            CommandReading commands = new CommandReading(scripts, values, foreign, run.remote(), placed);
            for (CommandReading.Sense sense : commands.senses(ShellReader.read(run.script(), run.first()))) {
                boolean guarded = sense.guarded() || (asked && !step.condition().isEmpty());
                asked |= sense.meaning() == Meaning.GUARD;
                found.add(new Effect(
                        sense.meaning(),
                        sense.text(),
                        step.name(),
                        sense.place(),
                        sense.certainty(),
                        guarded,
                        References.of(step, sense.text(), values)));
            }
        }

        private void use(Step step, Action.Use use) {
            List<String> words = new ArrayList<>(List.of(use.name()));
            use.inputs().forEach((name, value) -> words.add(name + "=" + values.in(value)));
            if (use.name().equals("actions/checkout")
                    && use.inputs().containsKey("repository")
                    && use.inputs().containsKey("path")) {
                foreign.add(use.inputs().get("path").replaceAll("^\\./", ""));
            }
            Set<Meaning> meanings = CommandTable.reuse().meanings(words);
            Effect.Certainty certainty = Effect.Certainty.SEEN;
            if (meanings.isEmpty()) {
                meanings = NameSense.of(use.name().replaceAll("^[^/]*/(.*)$", "$1"));
                certainty = Effect.Certainty.PRESUMED;
            }
            for (Meaning meaning : meanings) {
                if (meaning != Meaning.NEUTRAL
                        && !(certainty == Effect.Certainty.PRESUMED && meaning == Meaning.INSTALL_SEMI)) {
                    found.add(new Effect(
                            meaning,
                            use.name(),
                            step.name(),
                            step.place(),
                            certainty,
                            asked && !step.condition().isEmpty(),
                            References.of(step, String.join(" ", words), values)));
                }
            }
        }

        private void opaque(Step step, Action.Opaque opaque) {
            Set<Meaning> meanings = NameSense.of(named(opaque.what()));
            if (meanings.isEmpty()) {
                meanings = NameSense.of(step.name());
            }
            boolean given = job.environment().isPresent() && job.traits().consumes();
            Effect.Certainty certainty = given ? Effect.Certainty.PRESUMED : Effect.Certainty.OPAQUE;
            for (Meaning meaning : meanings) {
                boolean matters = meaning == Meaning.BUILD
                        || meaning == Meaning.DEPLOY
                        || meaning == Meaning.PUBLISH
                        || meaning == Meaning.TEST;
                if (matters) {
                    add(step, meaning, opaque.what(), meaning == Meaning.DEPLOY ? certainty : Effect.Certainty.OPAQUE);
                }
            }
            if (meanings.isEmpty() && NameSense.releases(named(opaque.what()))) {
                add(step, placed ? Meaning.DEPLOY : Meaning.PUBLISH, opaque.what(), certainty);
            }
        }

        /** The name of the file or folder, without the path to it and without its version. */
        private static String named(String what) {
            String path = what.replaceAll("@.*", "").replaceAll("/+$", "");
            return path.substring(path.lastIndexOf('/') + 1);
        }

        private void add(Step step, Meaning meaning, String text) {
            add(step, meaning, text, Effect.Certainty.SEEN);
        }

        private void add(Step step, Meaning meaning, String text, Effect.Certainty certainty) {
            found.add(new Effect(
                    meaning, text, step.name(), step.place(), certainty, false, References.of(step, "", values)));
        }

        /** A job that is called after building and hands files on builds, whatever its script is called. */
        List<Effect> finished() {
            boolean builds = found.stream().anyMatch(effect -> effect.is(Meaning.BUILD));
            boolean out = job.traits().produces() || found.stream().anyMatch(effect -> effect.is(Meaning.ARTIFACT_OUT));
            boolean called = Words.parts(job.id().substring(job.id().lastIndexOf('/') + 1)).stream()
                    .anyMatch(PRODUCING::contains);
            if (!builds && out && called && found.stream().noneMatch(effect -> effect.is(Meaning.TEST))) {
                found.add(
                        0,
                        new Effect(Meaning.BUILD, job.name(), "", job.place(), Effect.Certainty.PRESUMED, false, ""));
            }
            return List.copyOf(found);
        }
    }

    /** Whether an application's dependencies are resolved here. */
    public static boolean installs(Effect effect) {
        return effect.is(Meaning.INSTALL_LOCKED, Meaning.INSTALL_SEMI, Meaning.INSTALL_UNLOCKED);
    }

    /** Whether tools are fetched here. */
    public static boolean fetchesTools(Effect effect) {
        return effect.is(Meaning.TOOL_PINNED, Meaning.TOOL_UNPINNED);
    }
}
