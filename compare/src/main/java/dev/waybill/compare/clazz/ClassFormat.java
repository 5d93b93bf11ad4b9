package dev.waybill.compare.clazz;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.util.stream.Collectors;

/** Class files. */
public final class ClassFormat implements Format {
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final int FIRST_SOUND = 52;

    private final ClassFile reader =
            ClassFile.of(ClassFile.DebugElementsOption.PASS_DEBUG, ClassFile.LineNumbersOption.PASS_LINE_NUMBERS);

    @Override
    public String name() {
        return "class file";
    }

    /** Fat Mach-O files start alike, with the number of architectures where a class file has its version. */
    @Override
    public boolean claims(Look look) {
        return look.starts("\u00ca\u00fe\u00ba\u00be") && look.head().length > 24 && major(look.head()) >= 45;
    }

    private static int major(byte[] head) {
        return (head[6] & 0xff) << 8 | (head[7] & 0xff);
    }

    /** Bytes that it cannot read count, every one of them: the virtual machine may refuse them, or not. */
    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        ClassModel model = reader.parse(bytes.whole(LARGEST));
        Form.Builder form = Form.builder("class file");
        form.add(Part.droppable("encoding", Atom.hash(bytes), ClassRules.ENCODING));
        version(form, model);
        form.add(Part.of("name", new Atom(model.thisClass().asInternalName()), ClassRules.DECLARATION));
        form.add(Part.of("flags", new Atom(Integer.toHexString(model.flags().flagsMask())), ClassRules.DECLARATION));
        form.add(Part.of(
                "extends",
                new Atom(model.superclass().map(type -> type.asInternalName()).orElse("")),
                ClassRules.DECLARATION));
        form.add(Part.of(
                "implements",
                new Atom(model.interfaces().stream()
                        .map(type -> type.asInternalName())
                        .collect(Collectors.joining(", "))),
                ClassRules.DECLARATION));
        Attributes.add(form, model);
        ModuleText.add(form, model);
        members(form, model);
        return form.build();
    }

    private static void version(Form.Builder form, ClassModel model) {
        Atom version = new Atom(model.majorVersion() + "." + model.minorVersion());
        boolean sound = model.majorVersion() >= FIRST_SOUND && model.minorVersion() == 0;
        Leniency leniency = new Leniency(ClassRules.VERSION, sound ? Value.ABSENT : version);
        form.add(Part.normal("version", version, leniency, ClassRules.VERSION_OLD));
    }

    private static void members(Form.Builder form, ClassModel model) {
        StringBuilder order = new StringBuilder();
        for (FieldModel field : model.fields()) {
            String name = "field " + field.fieldName().stringValue() + " "
                    + field.fieldType().stringValue();
            order.append(name).append('\n');
            Form.Builder member = Form.builder("field");
            member.add(
                    Part.of("flags", new Atom(Integer.toHexString(field.flags().flagsMask())), ClassRules.DECLARATION));
            Attributes.add(member, field);
            form.add(Part.of(name, member.build(), ClassRules.DECLARATION));
        }
        for (MethodModel method : model.methods()) {
            String name = "method " + method.methodName().stringValue()
                    + method.methodType().stringValue();
            order.append(name).append('\n');
            form.add(Part.of(name, MethodForm.of(method), ClassRules.DECLARATION));
        }
        form.add(Part.droppable(
                "order of members", Integer.toHexString(order.toString().hashCode()), ClassRules.ORDER));
    }
}
