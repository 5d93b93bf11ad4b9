package dev.waybill.compare.clazz;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about class files. */
public final class ClassRules {
    static final Rule ENCODING = Rule.toolchain(
            "class.encoding",
            "Order and unused entries of the constant pool, longer forms of an instruction and stack maps are not seen by a"
                    + " running program.");
    static final Rule DEBUG = Rule.toolchain(
            "class.debug",
            "Line numbers, names of local variables and of the source file show in stack traces and debuggers only.");
    static final Rule VERSION = Rule.toolchain(
            "class.version",
            "The same code under another version of the format does the same; an older virtual machine may refuse the newer one.");
    static final Rule VERSION_OLD = Rule.functional(
            "class.version-semantics",
            "Before version 52, and in preview versions, the same code can mean something else.");
    static final Rule VERIFICATION = Rule.toolchain(
            "class.verification",
            "Stack maps and stack sizes are read by the verifier alone, which accepts both or refuses loudly.");
    static final Rule ORDER = Rule.toolchain(
            "class.member-order", "Members are found by name and type; the platform promises no order of them.");
    static final Rule IDIOM = Rule.toolchain(
            "class.idiom",
            "Compilers write null checks with getClass or requireNonNull, and calls of Object's methods through a class or an"
                    + " interface; both do the same.");
    static final Rule MODULE_VERSION = Rule.metadata(
            "class.module-version",
            "The versions of modules at compile time are recorded and not checked when it runs.");
    static final Rule CODE = Rule.functional("class.code", "The method does something else.");
    static final Rule DECLARATION = Rule.functional(
            "class.declaration",
            "Flags, types, annotations and names of parameters are seen by other classes and by reflection.");

    private ClassRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(
                ENCODING, DEBUG, VERSION, VERSION_OLD, VERIFICATION, ORDER, IDIOM, MODULE_VERSION, CODE, DECLARATION);
    }
}
