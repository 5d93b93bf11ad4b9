package dev.waybill.compare.clazz;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

/** Constants in words that are equal only for equal constants. */
final class Constants {
    private Constants() {}

    static String text(ConstantDesc constant) {
        return switch (constant) {
            case Integer i -> "int " + i;
            case Long l -> "long " + l;
            // By bits: there are two zeros and many values that are no number.
            case Float f -> "float " + Integer.toHexString(Float.floatToRawIntBits(f));
            case Double d -> "double " + Long.toHexString(Double.doubleToRawLongBits(d));
            case String s -> "'" + s + "'";
            case ClassDesc type -> "class " + type.descriptorString();
            case MethodTypeDesc type -> "type " + type.descriptorString();
            case DirectMethodHandleDesc handle ->
                "handle " + handle.kind() + " " + handle.owner().descriptorString() + "." + handle.methodName() + ":"
                        + handle.lookupDescriptor();
            case MethodHandleDesc handle -> "handle " + handle;
            case DynamicConstantDesc<?> dynamic -> {
                StringBuilder text = new StringBuilder("dynamic ")
                        .append(dynamic.constantName())
                        .append(':')
                        .append(dynamic.constantType().descriptorString())
                        .append(" by ")
                        .append(text(dynamic.bootstrapMethod()));
                for (ConstantDesc argument : dynamic.bootstrapArgs()) {
                    text.append(", ").append(text(argument));
                }
                yield text.toString();
            }
        };
    }
}
