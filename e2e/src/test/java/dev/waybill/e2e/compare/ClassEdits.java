package dev.waybill.e2e.compare;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One small change in the code of one method, such as a mutation test makes. */
final class ClassEdits {
    private static final ClassFile CLASSES = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
    private static final int SYNCHRONIZED = 0x20;

    private static final Map<Opcode, Opcode> OPPOSITE = Map.of(
            Opcode.IFEQ, Opcode.IFNE,
            Opcode.IFNE, Opcode.IFEQ,
            Opcode.IFLT, Opcode.IFGE,
            Opcode.IFGE, Opcode.IFLT,
            Opcode.IFNULL, Opcode.IFNONNULL,
            Opcode.IFNONNULL, Opcode.IFNULL,
            Opcode.IF_ICMPLT, Opcode.IF_ICMPGE,
            Opcode.IF_ICMPGE, Opcode.IF_ICMPLT,
            Opcode.IF_ACMPEQ, Opcode.IF_ACMPNE,
            Opcode.IF_ACMPNE, Opcode.IF_ACMPEQ);

    private ClassEdits() {}

    /** A place in a method: the element of this number. */
    private record Place(String method, int element) {}

    /** Whether the change can be made at this element of the code. */
    private interface Fit {
        boolean at(List<CodeElement> code, int index);
    }

    static Optional<byte[]> negatedBranch(byte[] bytes, Random random) {
        return edited(
                bytes,
                random,
                (code, i) -> code.get(i) instanceof BranchInstruction b && OPPOSITE.containsKey(b.opcode()),
                (code, i) -> (builder, element) -> {
                    BranchInstruction branch = (BranchInstruction) code.get(i);
                    builder.branch(OPPOSITE.get(branch.opcode()), branch.target());
                });
    }

    static Optional<byte[]> changedConstant(byte[] bytes, Random random) {
        return edited(
                bytes,
                random,
                (code, i) -> code.get(i) instanceof ConstantInstruction c
                        && (c.constantValue() instanceof Integer || c.constantValue() instanceof String),
                (code, i) -> (builder, element) -> {
                    Object constant = ((ConstantInstruction) code.get(i)).constantValue();
                    if (constant instanceof Integer number) {
                        builder.loadConstant(number + 1);
                    } else {
                        builder.loadConstant(constant + "!");
                    }
                });
    }

    static Optional<byte[]> swappedArguments(byte[] bytes, Random random) {
        return edited(
                bytes,
                random,
                (code, i) -> i + 2 < code.size()
                        && code.get(i) instanceof LoadInstruction a
                        && code.get(i + 1) instanceof LoadInstruction b
                        && code.get(i + 2) instanceof InvokeInstruction
                        && a.typeKind() == b.typeKind()
                        && a.slot() != b.slot(),
                (code, i) -> (builder, element) -> {
                    LoadInstruction first = (LoadInstruction) code.get(i);
                    LoadInstruction second = (LoadInstruction) code.get(i + 1);
                    LoadInstruction now = element == 0 ? second : first;
                    builder.loadLocal(now.typeKind(), now.slot());
                });
    }

    /** The other way round: adding it to one side is dropping it from the other. */
    static Optional<byte[]> synchronizedMethod(byte[] bytes, Random random) {
        ClassModel model = CLASSES.parse(bytes);
        List<MethodModel> methods = model.methods().stream()
                .filter(m -> m.code().isPresent() && (m.flags().flagsMask() & SYNCHRONIZED) == 0)
                .filter(m -> !m.methodName().stringValue().startsWith("<"))
                .toList();
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        MethodModel chosen = methods.get(random.nextInt(methods.size()));
        MethodTransform flags = (builder, element) -> {
            if (element instanceof AccessFlags f) {
                builder.withFlags(f.flagsMask() | SYNCHRONIZED);
            } else {
                builder.with(element);
            }
        };
        return Optional.of(CLASSES.transformClass(
                model, ClassTransform.transformingMethods(m -> name(m).equals(name(chosen)), flags)));
    }

    /** Emits something else; {@code element} is 0 at the place and 1 right behind it. */
    private interface Emit {
        void into(java.lang.classfile.CodeBuilder builder, int element);
    }

    private interface Emitting {
        Emit of(List<CodeElement> code, int index);
    }

    private static Optional<byte[]> edited(byte[] bytes, Random random, Fit fit, Emitting emitting) {
        ClassModel model = CLASSES.parse(bytes);
        List<Place> places = new ArrayList<>();
        for (MethodModel method : model.methods()) {
            method.code().ifPresent(code -> {
                List<CodeElement> elements = code.elementList();
                for (int i = 0; i < elements.size(); i++) {
                    if (fit.at(elements, i)) {
                        places.add(new Place(name(method), i));
                    }
                }
            });
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        Place place = places.get(random.nextInt(places.size()));
        return Optional.of(CLASSES.transformClass(
                model,
                ClassTransform.transformingMethodBodies(
                        method -> name(method).equals(place.method()),
                        CodeTransform.ofStateful(() -> at(model, place, emitting)))));
    }

    private static CodeTransform at(ClassModel model, Place place, Emitting emitting) {
        List<CodeElement> code = model.methods().stream()
                .filter(method -> name(method).equals(place.method()))
                .findFirst()
                .flatMap(MethodModel::code)
                .orElseThrow()
                .elementList();
        boolean pair = code.get(place.element()) instanceof LoadInstruction;
        Emit emit = emitting.of(code, place.element());
        int[] seen = {0};
        return (builder, element) -> {
            int offset = seen[0]++ - place.element();
            if (offset == 0 || (pair && offset == 1)) {
                emit.into(builder, offset);
            } else {
                builder.with(element);
            }
        };
    }

    private static String name(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }
}
