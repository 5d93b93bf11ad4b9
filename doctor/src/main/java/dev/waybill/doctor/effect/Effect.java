package dev.waybill.doctor.effect;

import dev.waybill.doctor.shell.Meaning;
import dev.waybill.doctor.source.Place;

/**
 * What a step does to the bytes that are delivered.
 *
 * @param text the command or name, variables replaced as far as known
 * @param step the name of the step, or empty
 * @param guarded runs only if an artifact does not exist yet
 * @param references what names the bytes here: tags, images, versions
 */
public record Effect(
        Meaning meaning,
        String text,
        String step,
        Place place,
        Certainty certainty,
        boolean guarded,
        String references) {
    /** How the meaning is known. */
    public enum Certainty {
        SEEN,
        /** From the name of a script, target or action whose content is not here. */
        PRESUMED,
        /** Elsewhere; only its name suggests anything. */
        OPAQUE
    }

    public boolean is(Meaning... any) {
        for (Meaning one : any) {
            if (one == meaning) {
                return true;
            }
        }
        return false;
    }

    public boolean opaque() {
        return certainty == Certainty.OPAQUE;
    }

    Effect as(Certainty other) {
        return new Effect(meaning, text, step, place, other, guarded, references);
    }
}
