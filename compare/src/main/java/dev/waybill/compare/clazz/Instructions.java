package dev.waybill.compare.clazz;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDesc;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Instructions in words: the same operation is the same word, whatever its length or index in the file. */
final class Instructions {
    private final Map<Label, Integer> labels;

    /** @param labels number of the instruction that each stands before */
    Instructions(Map<Label, Integer> labels) {
        this.labels = labels;
    }

    String text(Instruction instruction) {
        return switch (instruction) {
            case ConstantInstruction i -> "push " + constant(i.constantValue());
            case LoadInstruction i -> "load " + i.typeKind() + " " + i.slot();
            case StoreInstruction i -> "store " + i.typeKind() + " " + i.slot();
            case IncrementInstruction i -> "increment " + i.slot() + " by " + i.constant();
            case BranchInstruction i -> name(i.opcode()) + " " + at(i.target());
            case TableSwitchInstruction i -> cases(i.cases(), i.defaultTarget());
            case LookupSwitchInstruction i -> cases(i.cases(), i.defaultTarget());
            case FieldInstruction i ->
                name(i.opcode()) + " " + i.owner().asInternalName() + "."
                        + i.name().stringValue() + ":" + i.type().stringValue();
            case InvokeInstruction i ->
                name(i.opcode()) + (i.isInterface() ? " interface " : " ")
                        + i.owner().asInternalName() + "." + i.name().stringValue()
                        + i.type().stringValue();
            case InvokeDynamicInstruction i -> dynamic(i);
            case NewObjectInstruction i -> "new " + i.className().asInternalName();
            case NewPrimitiveArrayInstruction i -> "new array of " + i.typeKind();
            case NewReferenceArrayInstruction i ->
                "new array of " + i.componentType().asInternalName();
            case NewMultiArrayInstruction i -> "new " + i.arrayType().asInternalName() + " in " + i.dimensions();
            case TypeCheckInstruction i -> name(i.opcode()) + " " + i.type().asInternalName();
            case DiscontinuedInstruction.JsrInstruction i -> "jsr " + at(i.target());
            case DiscontinuedInstruction.RetInstruction i -> "ret " + i.slot();
            // Operators, conversions, stack, arrays, return, monitor, throw, nop: the operation says all.
            default -> name(instruction.opcode());
        };
    }

    int at(Label label) {
        Integer at = labels.get(label);
        if (at == null) {
            throw new IllegalArgumentException("a label is not bound");
        }
        return at;
    }

    @SuppressWarnings("NullAway") // aconst_null has the constant null
    private static String constant(ConstantDesc constant) {
        return constant == null ? "null" : Constants.text(constant);
    }

    private static String name(Opcode opcode) {
        String name = opcode.name().toLowerCase(java.util.Locale.ROOT);
        return name.endsWith("_w") ? name.substring(0, name.length() - 2) : name;
    }

    private String cases(List<SwitchCase> cases, Label otherwise) {
        return cases.stream()
                .filter(c -> at(c.target()) != at(otherwise))
                .sorted(Comparator.comparingInt(SwitchCase::caseValue))
                .map(c -> c.caseValue() + ">" + at(c.target()))
                .collect(Collectors.joining(" ", "switch ", " else " + at(otherwise)));
    }

    private static String dynamic(InvokeDynamicInstruction i) {
        return "invokedynamic " + i.name().stringValue() + i.type().stringValue() + " by "
                + Constants.text(i.bootstrapMethod()) + " "
                + i.bootstrapArgs().stream().map(Constants::text).collect(Collectors.joining(", "));
    }
}
