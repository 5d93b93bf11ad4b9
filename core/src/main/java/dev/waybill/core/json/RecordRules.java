package dev.waybill.core.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** A record's component is required and not null unless its type says {@code @Nullable}: what the compiler knows, JSON obeys. */
final class RecordRules extends JacksonAnnotationIntrospector {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean nullable = nullable(member);
        return nullable == null ? super.hasRequiredMarker(config, member) : Boolean.valueOf(!nullable);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return Boolean.FALSE.equals(nullable(annotated))
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)
                : super.findSetterInfo(config, annotated);
    }

    private static @Nullable Boolean nullable(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) {
            return null;
        }
        Class<?> owner = parameter.getOwner().getDeclaringClass();
        if (!owner.isRecord()) {
            return null;
        }
        RecordComponent[] components = owner.getRecordComponents();
        if (parameter.getIndex() >= components.length
                || parameter.getOwner().getParameterCount() != components.length) {
            return null;
        }
        AnnotatedType type = components[parameter.getIndex()].getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }
}
