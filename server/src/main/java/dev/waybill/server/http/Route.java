package dev.waybill.server.http;

/** One line of the route table. {@code path} is Javalin's: {@code {name}} is one segment, {@code <name>} may hold slashes. */
public record Route(String method, String path, Permit permit, Endpoint endpoint) {}
