package dev.waybill.server.openapi;

import dev.waybill.api.ProblemBody;
import dev.waybill.api.WaybillVersion;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Route;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One OpenAPI 3.1 document from the list of operations, the route table (who may call) and the wire records (what is said). */
final class OpenApiWriter {
    private static final Pattern IN_PATH = Pattern.compile("[{<]([a-zA-Z0-9]+)[}>]");
    private static final Map<String, Class<?>> PATH_TYPES = Map.of(
            "application", ApplicationName.class,
            "environment", EnvironmentName.class,
            "commit", CommitId.class,
            "digest", Digest.class,
            "number", Long.class);

    private static final String ABOUT = """
            Every route but the pages. Bodies are JSON in UTF-8, read strictly: an unknown, missing, doubled or coerced \
            member is refused. A member that is not required may be left out, and answers leave it out instead of null. \
            Times are UTC with milliseconds. Whoever reads ignores members it does not know. A GET route answers HEAD too.

            A token comes as Authorization: Bearer, or as the password of Basic. `x-waybill-permission` names what a \
            route demands, `x-waybill-roles` who has it, `x-waybill-scope` where it is looked for.""";

    private final Map<String, Permit> permits;
    private final Schemas schemas = new Schemas();

    OpenApiWriter(List<Route> routes) {
        this.permits = routes.stream()
                .collect(Collectors.toMap(r -> r.method() + " " + r.path(), Route::permit, (one, same) -> one));
    }

    /** As OpenAPI writes a path: it knows no parameter that may hold slashes. */
    static String path(String route) {
        return IN_PATH.matcher(route).replaceAll("{$1}");
    }

    String write(List<Operation> operations) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Operation operation : operations) {
            paths.computeIfAbsent(path(operation.path), p -> new LinkedHashMap<>())
                    .put(operation.method.toLowerCase(Locale.ROOT), describe(operation));
        }
        Map<String, Object> problem = content("application/problem+json", schemas.of(ProblemBody.class));
        Map<String, Object> info = map("title", "Waybill", "version", WaybillVersion.TEXT, "description", ABOUT);
        info.put("license", map("name", "Apache-2.0", "identifier", "Apache-2.0"));
        Map<String, Object> bearer = map("type", "http", "scheme", "bearer");
        Map<String, Object> basic = map("type", "http", "scheme", "basic");
        return "# Written by ./dev openapi from the route table and the wire records; a test compares. Do not edit.\n"
                + Yaml.write(map(
                        "openapi",
                        "3.1.0",
                        "info",
                        info,
                        "security",
                        List.of(map("bearer", List.of()), map("basic", List.of())),
                        "paths",
                        paths,
                        "components",
                        map(
                                "securitySchemes", map("bearer", bearer, "basic", basic),
                                "responses", map("Problem", map("description", "Refused", "content", problem)),
                                "schemas", schemas.all())));
    }

    private Map<String, Object> describe(Operation operation) {
        Permit permit = permits.get(operation.method + " " + operation.path);
        if (permit == null) {
            throw new IllegalStateException("The route table has no " + operation.method + " " + operation.path);
        }
        Map<String, Object> out = map("tags", List.of(operation.tag), "summary", operation.summary);
        if (operation.path.startsWith("/v2")) {
            String specification = "https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md";
            out.put("externalDocs", map("url", specification));
        }
        permission(permit, out);
        List<Object> parameters = parameters(operation);
        if (!parameters.isEmpty()) {
            out.put("parameters", parameters);
        }
        Operation.Body request = operation.request();
        if (request != null && request.type() != null) {
            Map<String, Object> body = map("required", true);
            body.put("content", content(request.mediaType(), schemas.of(request.type())));
            out.put("requestBody", body);
        }
        out.put("responses", responses(operation, permit, !parameters.isEmpty() || request != null));
        return out;
    }

    private static void permission(Permit permit, Map<String, Object> out) {
        Permission permission = permit.permission();
        if (permission == null) {
            out.put("security", List.of());
            return;
        }
        out.put("x-waybill-permission", permission.name().toLowerCase(Locale.ROOT));
        out.put("x-waybill-roles", roles(permission));
        out.put("x-waybill-scope", scope(permit));
    }

    private static String scope(Permit permit) {
        if (permit.scopeInHandler()) {
            return "what the request is about";
        }
        if (permit.environmentParameter() != null) {
            return "the slot in the path";
        }
        return permit.applicationParameter() != null ? "the application in the path" : "the whole server";
    }

    private static List<String> roles(Permission permission) {
        return Stream.of(Role.values())
                .filter(role -> {
                    Actor actor = new Actor(new ActorName("somebody"), Set.of(), List.of(Grant.everywhere(role)));
                    return Permissions.allows(actor, permission, Scope.EVERYWHERE);
                })
                .map(Role::label)
                .toList();
    }

    private List<Object> parameters(Operation operation) {
        List<Object> parameters = new ArrayList<>();
        Matcher inPath = IN_PATH.matcher(operation.path);
        while (inPath.find()) {
            String name = inPath.group(1);
            Map<String, Object> parameter = map("name", name, "in", "path", "required", true);
            if (inPath.group().startsWith("<")) {
                parameter.put("description", "May hold slashes, written as they are");
            }
            parameter.put("schema", schemas.of(PATH_TYPES.getOrDefault(name, String.class)));
            parameters.add(parameter);
        }
        for (Operation.Parameter query : operation.query) {
            Map<String, Object> parameter = map("name", query.name(), "in", "query", "required", query.required());
            parameter.put("description", query.what());
            parameter.put("schema", schemas.of(query.type()));
            parameters.add(parameter);
        }
        return parameters;
    }

    private Map<String, Object> responses(Operation operation, Permit permit, boolean canBeMalformed) {
        Map<String, Object> out = new LinkedHashMap<>();
        operation.answers.forEach((status, bodies) -> out.put("" + status, answer(bodies)));
        Map<Integer, String> refusals = operation.refusals;
        if (canBeMalformed) {
            refusals.putIfAbsent(400, "Not in the form that is asked for");
        }
        if (permit.permission() != null) {
            refusals.putIfAbsent(401, "UNAUTHENTICATED");
            refusals.putIfAbsent(403, "FORBIDDEN");
        }
        if (operation.request() != null) {
            refusals.putIfAbsent(413, "BODY_TOO_LARGE");
        }
        if (operation.path.startsWith("/v2")) {
            refusals.keySet().forEach(s -> out.put("" + s, map("description", "An error body of the specification")));
            return out;
        }
        String problem = "#/components/responses/Problem";
        refusals.forEach((status, codes) -> out.put("" + status, map("$ref", problem, "description", codes)));
        out.put("default", map("$ref", problem));
        return out;
    }

    private Map<String, Object> answer(List<Operation.Body> bodies) {
        if (bodies.isEmpty()) {
            return map("description", "Done");
        }
        Map<String, Object> content = new LinkedHashMap<>();
        for (Operation.Body body : bodies) {
            Class<?> type = body.type();
            Map<String, Object> schema = type == null ? map("type", "string") : schemas.of(type);
            content.putAll(content(body.mediaType(), body.many() ? map("type", "array", "items", schema) : schema));
        }
        String what = bodies.stream().map(Operation.Body::what).collect(Collectors.joining("; "));
        return map("description", what, "content", content);
    }

    private static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
        return map(mediaType, map("schema", schema));
    }

    /** Keys and values in turn, in the order given. */
    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
