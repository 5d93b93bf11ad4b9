package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** in-toto ResourceDescriptor (spec/v1/resource_descriptor.md); at least one of {@code uri} and {@code digest} is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourceDescriptor(
        @Nullable String name,
        @Nullable String uri,
        @Nullable Map<String, String> digest,
        @Nullable String mediaType,
        @Nullable Map<String, Object> annotations) {
    public static ResourceDescriptor of(String uri, Map<String, String> digest) {
        return new ResourceDescriptor(null, uri, digest, null, null);
    }
}
