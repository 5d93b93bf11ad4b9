package dev.waybill.server.identity;

import dev.waybill.core.name.ActorName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is asking, as of this request: read anew from the store each time, so that a right taken away is gone at once.
 *
 * @param emails declared addresses in lower case, for author exclusion
 */
public record Actor(ActorName name, Set<String> emails, List<Grant> grants) {
    public Actor {
        emails = emails.stream().map(e -> e.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        grants = List.copyOf(grants);
    }
}
