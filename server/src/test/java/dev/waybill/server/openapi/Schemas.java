package dev.waybill.server.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.note.NoteKey;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON schemas of the wire records, by the same rules by which the JSON codec reads them. */
final class Schemas {
    private static final String HEX = "sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}";

    /** Names that are written as text, each with the shape its own parser demands. */
    private static final Map<Class<?>, String> PATTERNS = Map.of(
            Digest.class,
            HEX,
            Slot.class,
            shape(EnvironmentName.class) + "/" + shape(ApplicationName.class),
            ReleaseId.class,
            shape(EnvironmentName.class) + "/" + shape(ApplicationName.class) + "#[1-9][0-9]{0,17}",
            NoteKey.class,
            "[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*");

    private final Map<String, Map<String, Object>> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new HashMap<>();

    /** A record that its room keeps to itself but that goes over the wire. */
    static Class<?> named(String record) {
        try {
            return Class.forName(record);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that was referred to, by name. */
    Map<String, Map<String, Object>> all() {
        return named;
    }

    /** The schema of a type, or a reference to it. */
    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        Class<?> one = (Class<?>) type;
        if (one == String.class) {
            return new LinkedHashMap<>(Map.of("type", "string"));
        }
        if (one == boolean.class || one == Boolean.class) {
            return new LinkedHashMap<>(Map.of("type", "boolean"));
        }
        if (one == long.class || one == Long.class || one == int.class || one == Integer.class) {
            return integer(one == int.class || one == Integer.class ? "int32" : "int64");
        }
        if (one == Object.class || one == JsonNode.class) {
            return new LinkedHashMap<>();
        }
        return reference(one);
    }

    private static Map<String, Object> integer(String format) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("format", format);
        return schema;
    }

    private Map<String, Object> container(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        Map<String, Object> schema = new LinkedHashMap<>();
        if (Collection.class.isAssignableFrom((Class<?>) generic.getRawType())) {
            schema.put("type", "array");
            schema.put("items", of(arguments[0]));
            return schema;
        }
        schema.put("type", "object");
        if (arguments[0] != String.class) {
            schema.put("propertyNames", of(arguments[0]));
        }
        schema.put("additionalProperties", of(arguments[1]));
        return schema;
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = name(type);
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner != null && owner != type) {
            throw new IllegalStateException(owner + " and " + type + " would both be called " + name);
        }
        if (owner == null) {
            named.put(name, Map.of());
            named.put(name, describe(type));
        }
        return new LinkedHashMap<>(Map.of("$ref", "#/components/schemas/" + name));
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
    }

    private Map<String, Object> describe(Class<?> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type == Instant.class) {
            schema.put("type", "string");
            schema.put("format", "date-time");
        } else if (PATTERNS.containsKey(type)) {
            schema.put("type", "string");
            schema.put("pattern", "^(" + PATTERNS.get(type) + ")$");
        } else if (type.isEnum()) {
            schema.put("type", "string");
            schema.put("enum", labels(type));
        } else if (type.isRecord() && isText(type)) {
            schema.put("type", "string");
            schema.put("pattern", "^(" + shape(type) + ")$");
        } else if (type.isRecord()) {
            record(type, schema);
        } else {
            throw new IllegalStateException("No rule says how " + type + " looks on the wire");
        }
        return schema;
    }

    private void record(Class<?> type, Map<String, Object> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            properties.put(name, of(component.getGenericType()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
    }

    private static boolean isText(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonValue.class)) {
                return true;
            }
        }
        return false;
    }

    /** The pattern in a name's own class: there is no second place where it could be another. */
    private static String shape(Class<?> name) {
        try {
            Field shape = name.getDeclaredField("SHAPE");
            shape.setAccessible(true);
            return ((Pattern) shape.get(null)).pattern();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " has no SHAPE", e);
        }
    }

    private static List<Object> labels(Class<?> type) {
        List<Object> labels = new ArrayList<>();
        try {
            for (Object constant : type.getEnumConstants()) {
                labels.add(label(type, (Enum<?>) constant));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return labels;
    }

    private static Object label(Class<?> type, Enum<?> constant) throws ReflectiveOperationException {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(JsonValue.class)) {
                return method.invoke(constant);
            }
        }
        JsonProperty property = type.getField(constant.name()).getAnnotation(JsonProperty.class);
        return property == null ? constant.name() : property.value();
    }
}
