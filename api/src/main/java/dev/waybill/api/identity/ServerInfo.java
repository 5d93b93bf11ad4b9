package dev.waybill.api.identity;

/** Who answers: version, ledger origin and database engine. */
public record ServerInfo(String version, String origin, String database) {}
