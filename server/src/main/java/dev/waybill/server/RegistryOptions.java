package dev.waybill.server;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.quota.Bound;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.quota.QuotaPattern;
import dev.waybill.server.tag.TagPattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an operator says of the registry.
 *
 * @param publicPull applications whose artifacts everybody pulls without a token
 * @param tags which tags are aliases or float
 * @param limits what applications and accounts may hold
 */
public record RegistryOptions(List<ApplicationName> publicPull, List<TagPattern> tags, Limits limits) {
    public static final RegistryOptions NONE = new RegistryOptions(List.of(), List.of(), Limits.DEFAULT);

    public RegistryOptions {
        publicPull = List.copyOf(publicPull);
        tags = List.copyOf(tags);
    }

    /** With what the option says; empty when it is none of the registry's. */
    Optional<RegistryOptions> with(String option, Supplier<String> value) {
        return switch (option) {
            case "--public-pull" -> Optional.of(opening(new ApplicationName(value.get())));
            case "--tags" -> Optional.of(with(TagPattern.parse(value.get())));
            case "--quota" -> Optional.of(with(limits.with(QuotaPattern.parse(value.get()))));
            case "--uploads" -> Optional.of(with(limits.with(Bound.parse(value.get()))));
            default -> Optional.empty();
        };
    }

    RegistryOptions opening(ApplicationName application) {
        return new RegistryOptions(
                Stream.concat(publicPull.stream(), Stream.of(application)).toList(), tags, limits);
    }

    RegistryOptions with(TagPattern pattern) {
        return new RegistryOptions(
                publicPull, Stream.concat(tags.stream(), Stream.of(pattern)).toList(), limits);
    }

    RegistryOptions with(Limits other) {
        return new RegistryOptions(publicPull, tags, other);
    }
}
