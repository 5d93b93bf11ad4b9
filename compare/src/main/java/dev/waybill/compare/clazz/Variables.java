package dev.waybill.compare.clazz;

import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.instruction.CharacterRange;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;

/** What debuggers read beside line numbers. */
final class Variables {
    private Variables() {}

    static String text(Instructions words, PseudoInstruction element) {
        return switch (element) {
            case LocalVariable v ->
                "variable " + v.slot() + " " + v.name().stringValue() + ":"
                        + v.type().stringValue() + " from " + words.at(v.startScope()) + " to "
                        + words.at(v.endScope());
            case LocalVariableType v ->
                "type of variable " + v.slot() + " " + v.name().stringValue() + ":"
                        + v.signature().stringValue();
            case CharacterRange r -> "characters " + r.characterRangeStart() + " to " + r.characterRangeEnd();
            default -> element.getClass().getSimpleName();
        };
    }
}
