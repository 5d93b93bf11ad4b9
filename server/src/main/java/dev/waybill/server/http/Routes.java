package dev.waybill.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The route table. Rooms add their routes, the composition root shows them in one place, a test multiplies them with the
 * roles. A GET route answers HEAD too.
 */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();
    private Challenge challenge = (origin, line) -> "Basic realm=\"Waybill\", charset=\"UTF-8\"";

    public Routes get(String path, Permit permit, Endpoint endpoint) {
        add("HEAD", path, permit, endpoint);
        return add("GET", path, permit, endpoint);
    }

    public Routes post(String path, Permit permit, Endpoint endpoint) {
        return add("POST", path, permit, endpoint);
    }

    public Routes put(String path, Permit permit, Endpoint endpoint) {
        return add("PUT", path, permit, endpoint);
    }

    public Routes delete(String path, Permit permit, Endpoint endpoint) {
        return add("DELETE", path, permit, endpoint);
    }

    /** Every method that OCI clients use, for a room with a parser of its own. */
    public Routes any(String path, Permit permit, Endpoint endpoint) {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
            add(method, path, permit, endpoint);
        }
        return this;
    }

    private Routes add(String method, String path, Permit permit, Endpoint endpoint) {
        routes.add(new Route(method, path, permit, endpoint));
        return this;
    }

    /** What registry clients are told when they must say who they are. */
    public Routes challenge(Challenge with) {
        this.challenge = with;
        return this;
    }

    Challenge challenge() {
        return challenge;
    }

    public List<Route> all() {
        return List.copyOf(routes);
    }
}
