package dev.waybill.compare.clazz;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Part;
import java.lang.classfile.Attribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.lang.classfile.attribute.ModuleMainClassAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.classfile.attribute.ModuleTargetAttribute;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** What a module-info says. */
final class ModuleText {
    private ModuleText() {}

    static void add(Form.Builder form, ClassModel model) {
        model.findAttribute(Attributes.module()).ifPresent(module -> {
            form.add(Part.of("module", new Atom(declaration(module)), ClassRules.DECLARATION));
            form.add(Part.droppable("versions of modules", versions(module), ClassRules.MODULE_VERSION));
        });
    }

    private static String declaration(ModuleAttribute module) {
        String requires = module.requires().stream()
                .map(r -> "requires " + r.requires().name().stringValue() + " " + r.requiresFlagsMask())
                .sorted()
                .collect(Collectors.joining("; "));
        String exports = module.exports().stream()
                .map(e -> "exports " + e.exportedPackage().name().stringValue() + " " + e.exportsFlagsMask() + " to "
                        + e.exportsTo().stream()
                                .map(m -> m.name().stringValue())
                                .sorted()
                                .toList())
                .sorted()
                .collect(Collectors.joining("; "));
        String opens = module.opens().stream()
                .map(o -> "opens " + o.openedPackage().name().stringValue() + " " + o.opensFlagsMask() + " to "
                        + o.opensTo().stream()
                                .map(m -> m.name().stringValue())
                                .sorted()
                                .toList())
                .sorted()
                .collect(Collectors.joining("; "));
        String uses = module.uses().stream()
                .map(u -> "uses " + u.asInternalName())
                .sorted()
                .collect(Collectors.joining("; "));
        // The order of the providers is the order in which they are found.
        String provides = module.provides().stream()
                .map(p -> "provides " + p.provides().asInternalName() + " with "
                        + p.providesWith().stream().map(c -> c.asInternalName()).toList())
                .sorted()
                .collect(Collectors.joining("; "));
        return String.join(
                "; ",
                "module " + module.moduleName().name().stringValue() + " " + module.moduleFlagsMask(),
                requires,
                exports,
                opens,
                uses,
                provides);
    }

    private static String versions(ModuleAttribute module) {
        return module.moduleVersion().map(v -> v.stringValue()).orElse("") + "; "
                + module.requires().stream()
                        .map(r -> r.requires().name().stringValue() + "@"
                                + r.requiresVersion().map(v -> v.stringValue()).orElse(""))
                        .sorted()
                        .collect(Collectors.joining("; "));
    }

    /** The other attributes of modules; what is none of them is named and not understood, so it never looks equal by chance. */
    static String text(Attribute<?> attribute) {
        return switch (attribute) {
            case ModulePackagesAttribute a ->
                a.packages().stream().map(p -> p.name().stringValue()).sorted().collect(Collectors.joining(", "));
            case ModuleMainClassAttribute a -> a.mainClass().asInternalName();
            case ModuleTargetAttribute a -> a.targetPlatform().stringValue();
            case ModuleHashesAttribute a ->
                a.algorithm().stringValue() + " "
                        + a.hashes().stream()
                                .map(h -> h.moduleName().name().stringValue() + " "
                                        + HexFormat.of().formatHex(h.hash()))
                                .sorted()
                                .collect(Collectors.joining(", "));
            case java.lang.classfile.attribute.DeprecatedAttribute a -> "";
            case java.lang.classfile.attribute.SyntheticAttribute a -> "";
            default ->
                throw new IllegalArgumentException("an attribute " + attribute.attributeName() + " at a wrong place");
        };
    }
}
