package dev.waybill.compare.clazz;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.TypeAnnotation;
import java.util.List;
import java.util.stream.Collectors;

/** Annotations in words. */
final class AnnotationText {
    private AnnotationText() {}

    static String all(List<Annotation> annotations) {
        return annotations.stream().map(AnnotationText::one).collect(Collectors.joining("; "));
    }

    static String one(Annotation annotation) {
        return annotation.elements().stream()
                .map(AnnotationText::element)
                .collect(Collectors.joining(", ", "@" + annotation.className().stringValue() + "(", ")"));
    }

    /** Where in a type it stands belongs to it; labels inside code do not, no program can see those. */
    static String types(List<TypeAnnotation> annotations) {
        return annotations.stream()
                .map(type -> type.targetInfo().targetType() + " "
                        + type.targetPath().stream()
                                .map(step -> step.typePathKind() + "" + step.typeArgumentIndex())
                                .collect(Collectors.joining("."))
                        + " "
                        + one(type.annotation()))
                .collect(Collectors.joining("; "));
    }

    private static String element(AnnotationElement element) {
        return element.name().stringValue() + "=" + value(element.value());
    }

    static String value(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfAnnotation nested -> one(nested.annotation());
            case AnnotationValue.OfArray array ->
                array.values().stream().map(AnnotationText::value).collect(Collectors.joining(", ", "{", "}"));
            case AnnotationValue.OfClass type -> "class " + type.className().stringValue();
            case AnnotationValue.OfEnum constant ->
                constant.className().stringValue() + "."
                        + constant.constantName().stringValue();
            case AnnotationValue.OfConstant constant ->
                (char) constant.tag() + " " + Constants.text(constant.constant().constantValue());
        };
    }
}
