package dev.waybill.compare.clazz;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Part;
import java.lang.classfile.Attribute;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.attribute.AnnotationDefaultAttribute;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.attribute.UnknownAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands beside code: each attribute by its name, as one part that counts. */
final class Attributes {
    private static final Set<String> ELSEWHERE =
            Set.of("Code", "BootstrapMethods", "Module", "SourceFile", "SourceDebugExtension");
    private static final Set<String> DEBUG = Set.of("SourceFile", "SourceDebugExtension", "SourceID", "CompilationID");

    private Attributes() {}

    static void add(Form.Builder form, AttributedElement element) {
        for (Attribute<?> attribute : element.attributes()) {
            String name = attribute.attributeName().stringValue();
            if (DEBUG.contains(name)) {
                form.add(Part.droppable("attribute " + name, debug(attribute), ClassRules.DEBUG));
            } else if (!ELSEWHERE.contains(name)) {
                form.add(Part.of("attribute " + name, new Atom(text(attribute)), ClassRules.DECLARATION));
            }
        }
    }

    private static String debug(Attribute<?> attribute) {
        return attribute instanceof java.lang.classfile.attribute.SourceFileAttribute source
                ? source.sourceFile().stringValue()
                : "present";
    }

    static String text(Attribute<?> attribute) {
        return switch (attribute) {
            case SignatureAttribute a -> a.signature().stringValue();
            case ConstantValueAttribute a -> Constants.text(a.constant().constantValue());
            case ExceptionsAttribute a -> names(a.exceptions(), false);
            case NestHostAttribute a -> a.nestHost().asInternalName();
            case NestMembersAttribute a -> names(a.nestMembers(), true);
            case PermittedSubclassesAttribute a -> names(a.permittedSubclasses(), true);
            case EnclosingMethodAttribute a ->
                a.enclosingClass().asInternalName() + "."
                        + a.enclosingMethodName().map(n -> n.stringValue()).orElse("")
                        + a.enclosingMethodType().map(n -> n.stringValue()).orElse("");
            case InnerClassesAttribute a ->
                a.classes().stream().map(Attributes::inner).sorted().collect(Collectors.joining("; "));
            case MethodParametersAttribute a ->
                a.parameters().stream()
                        .map(p -> p.name().map(n -> n.stringValue()).orElse("") + "/" + p.flagsMask())
                        .collect(Collectors.joining(", "));
            case RecordAttribute a ->
                a.components().stream().map(Attributes::component).collect(Collectors.joining("; "));
            default -> annotations(attribute);
        };
    }

    private static String annotations(Attribute<?> attribute) {
        return switch (attribute) {
            case RuntimeVisibleAnnotationsAttribute a -> AnnotationText.all(a.annotations());
            case RuntimeInvisibleAnnotationsAttribute a -> AnnotationText.all(a.annotations());
            case RuntimeVisibleTypeAnnotationsAttribute a -> AnnotationText.types(a.annotations());
            case RuntimeInvisibleTypeAnnotationsAttribute a -> AnnotationText.types(a.annotations());
            case RuntimeVisibleParameterAnnotationsAttribute a ->
                a.parameterAnnotations().stream().map(AnnotationText::all).collect(Collectors.joining(" | "));
            case RuntimeInvisibleParameterAnnotationsAttribute a ->
                a.parameterAnnotations().stream().map(AnnotationText::all).collect(Collectors.joining(" | "));
            case AnnotationDefaultAttribute a -> AnnotationText.value(a.defaultValue());
            case UnknownAttribute a -> Atom.of(a.contents()).text();
            default -> ModuleText.text(attribute);
        };
    }

    private static String names(Collection<ClassEntry> classes, boolean sorted) {
        var names = classes.stream().map(ClassEntry::asInternalName);
        return (sorted ? names.sorted() : names).collect(Collectors.joining(", "));
    }

    private static String inner(InnerClassInfo info) {
        return info.innerClass().asInternalName() + " in "
                + info.outerClass().map(ClassEntry::asInternalName).orElse("none") + " as "
                + info.innerName().map(n -> n.stringValue()).orElse("none") + " " + info.flagsMask();
    }

    private static String component(java.lang.classfile.attribute.RecordComponentInfo component) {
        return component.name().stringValue() + ":" + component.descriptor().stringValue() + " "
                + component.attributes().stream()
                        .map(a -> a.attributeName().stringValue() + " " + text(a))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
