package dev.waybill.compare.clazz;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The code of one method.
 *
 * @param operations instructions and handlers, one a line
 * @param debug line numbers and variables
 */
record Code(List<String> operations, List<String> debug) {
    /** Methods of Object that every receiver has, by name and type, also when they are called through an interface. */
    private static final Pattern OBJECTS = Pattern.compile(
            "invoke(?:interface interface|virtual) \\S+\\.(hashCode\\(\\)I|equals\\(Ljava/lang/Object;\\)Z"
                    + "|toString\\(\\)Ljava/lang/String;|getClass\\(\\)Ljava/lang/Class;|notify\\(\\)V|notifyAll\\(\\)V"
                    + "|wait\\(J?I?\\)V)");

    private static final String INTERFACE = "invokeinterface interface ";
    private static final String OF_OBJECT = "invokevirtual java/lang/Object.";

    private static final List<String> NULL_CHECKS = List.of(
            "invokevirtual java/lang/Object.getClass()Ljava/lang/Class;",
            "invokestatic java/util/Objects.requireNonNull(Ljava/lang/Object;)Ljava/lang/Object;");

    static Code of(CodeModel model) {
        // Each look at the model decodes the method again.
        List<CodeElement> elements = model.elementList();
        Map<Label, Integer> labels = new HashMap<>();
        int count = 0;
        for (CodeElement element : elements) {
            switch (element) {
                case LabelTarget target -> labels.put(target.label(), count);
                case Instruction instruction -> count++;
                default -> {}
            }
        }
        Instructions words = new Instructions(labels);
        List<String> operations = new ArrayList<>();
        List<String> handlers = new ArrayList<>();
        List<String> debug = new ArrayList<>();
        for (CodeElement element : elements) {
            switch (element) {
                case Instruction instruction -> operations.add(words.text(instruction));
                case ExceptionCatch handler -> handlers.add(handler(words, handler));
                case LineNumber line -> debug.add(operations.size() + " line " + line.line());
                case LabelTarget target -> {}
                case PseudoInstruction other -> debug.add(Variables.text(words, other));
                default -> {}
            }
        }
        operations.addAll(handlers);
        return new Code(operations, debug);
    }

    private static String handler(Instructions words, ExceptionCatch handler) {
        return "catch " + handler.catchType().map(type -> type.asInternalName()).orElse("all") + " from "
                + words.at(handler.tryStart()) + " to " + words.at(handler.tryEnd()) + " at "
                + words.at(handler.handler());
    }

    /** What compilers write in two ways, written in one. */
    List<String> idiomatic() {
        List<String> one = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            String operation = operations.get(i);
            boolean dropped = i + 1 < operations.size() && operations.get(i + 1).equals("pop");
            if (dropped && NULL_CHECKS.contains(operation)) {
                one.add("check for null");
            } else if (operation.startsWith(INTERFACE)
                    && OBJECTS.matcher(operation).matches()) {
                one.add(OF_OBJECT + operation.substring(operation.indexOf('.') + 1));
            } else {
                one.add(operation);
            }
        }
        return one;
    }
}
