package dev.waybill.server;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.tag.TagPattern;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an operator says of the registry.
 *
 * @param publicPull applications whose artifacts everybody pulls without a token
 * @param tags which tags are aliases or float
 */
public record RegistryOptions(List<ApplicationName> publicPull, List<TagPattern> tags) {
    public static final RegistryOptions NONE = new RegistryOptions(List.of(), List.of());

    public RegistryOptions {
        publicPull = List.copyOf(publicPull);
        tags = List.copyOf(tags);
    }

    RegistryOptions opening(ApplicationName application) {
        return new RegistryOptions(
                Stream.concat(publicPull.stream(), Stream.of(application)).toList(), tags);
    }

    RegistryOptions with(TagPattern pattern) {
        return new RegistryOptions(
                publicPull, Stream.concat(tags.stream(), Stream.of(pattern)).toList());
    }
}
