package dev.waybill.cli.remote;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How often and how long to wait for a registry that is busy or broken (RFC 9110, 10.2.3).
 *
 * @param silence how long nothing may come of a body that has begun
 */
record Patience(int tries, Duration first, Duration longest, Duration silence, Clock clock) {
    static final Patience USUAL =
            new Patience(6, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60), Clock.systemUTC());

    static boolean isWorthIt(int status) {
        return status == 429 || status == 408 || (status / 100 == 5 && status != 501);
    }

    /** Before the try with that number, counted from 1; longer each time, but as long as the registry says; empty when it asks for too much. */
    Optional<Duration> before(int number, HttpResponse<?> answer) {
        Optional<Duration> asked = answer.headers().firstValue("Retry-After").flatMap(this::parse);
        if (asked.isPresent()) {
            return asked.filter(d -> d.compareTo(longest) <= 0);
        }
        return Optional.of(before(number));
    }

    Duration before(int number) {
        Duration wait = first.multipliedBy(1L << Math.min(number - 1, 10));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private Optional<Duration> parse(String header) {
        String text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
