package dev.waybill.compare.clazz;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Part;
import java.lang.classfile.Attribute;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Set;

/** The parts of a method. */
final class MethodForm {
    private static final Set<String> IN_CODE = Set.of(
            "StackMapTable",
            "StackMap",
            "LineNumberTable",
            "LocalVariableTable",
            "LocalVariableTypeTable",
            "CharacterRangeTable");

    private MethodForm() {}

    static Form of(MethodModel method) {
        Form.Builder form = Form.builder("method");
        form.add(Part.of("flags", new Atom(Integer.toHexString(method.flags().flagsMask())), ClassRules.DECLARATION));
        Attributes.add(form, method);
        method.code().ifPresent(code -> code(form, code));
        return form.build();
    }

    private static void code(Form.Builder form, CodeModel model) {
        Code code = Code.of(model);
        Atom operations = new Atom(String.join("\n", code.operations()));
        Leniency idioms = new Leniency(ClassRules.IDIOM, new Atom(String.join("\n", code.idiomatic())));
        form.add(Part.normal("code", operations, idioms, ClassRules.CODE));
        form.add(Part.droppable("debug", String.join("\n", code.debug()), ClassRules.DEBUG));
        if (model instanceof CodeAttribute attribute) {
            String sizes = "stack " + attribute.maxStack() + ", locals " + attribute.maxLocals();
            form.add(Part.droppable("verification", sizes, ClassRules.VERIFICATION));
        }
        for (Attribute<?> attribute : model.attributes()) {
            String name = attribute.attributeName().stringValue();
            if (!IN_CODE.contains(name)) {
                form.add(Part.of(
                        "code attribute " + name, new Atom(Attributes.text(attribute)), ClassRules.DECLARATION));
            }
        }
    }
}
