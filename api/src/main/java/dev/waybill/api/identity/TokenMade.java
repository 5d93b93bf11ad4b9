package dev.waybill.api.identity;

import dev.waybill.core.name.ActorName;

/** The only answer that ever holds a token's text. */
public record TokenMade(String id, ActorName actor, String token) {}
