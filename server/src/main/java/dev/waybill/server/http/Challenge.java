package dev.waybill.server.http;

/** The {@code WWW-Authenticate} of an answer with 401 to a registry client (RFC 9110, 11.6.1); the protocol's room supplies it. */
@FunctionalInterface
public interface Challenge {
    /** @param origin scheme and host as whoever asks knows this server */
    String of(String origin, Call.RequestLine line);
}
