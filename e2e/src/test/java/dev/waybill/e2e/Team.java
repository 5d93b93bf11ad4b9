package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** People at a server: each with a token, and a desk where their pinned keys lie. */
final class Team {
    private final Path work;
    private final ServerProcess server;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    Team(Path work, ServerProcess server) {
        this.work = work;
        this.server = server;
        tokens.put("admin", server.adminToken());
    }

    /** The usual six. The author of commits may approve, were they not the author. */
    static Team usual(Path work, ServerProcess server) {
        Team team = new Team(work, server);
        team.join("builder", "builder@example.org", "builder");
        team.join("promoter", "promoter@example.org", "promoter", "approver");
        team.join("approver", "approver@example.org", "approver");
        team.join("author", TempGit.AUTHOR, "approver");
        team.join("configurer", "configurer@example.org", "configurer");
        team.join("viewer", "viewer@example.org", "viewer");
        return team;
    }

    Cli join(String actor, String email, String... roles) {
        List<String> arguments = new ArrayList<>(List.of("token", "create", "--actor", actor, "--email", email));
        for (String role : roles) {
            arguments.add("--role");
            arguments.add(role);
        }
        String token = as("admin").run(arguments.toArray(String[]::new)).done().find("wbt_[A-Za-z0-9_-]+");
        tokens.put(actor, token);
        return as(actor);
    }

    /** Asks for a promotion that must not be refused; returns its id. */
    String promoted(String actor, String ref, String environment) {
        return as(actor)
                .json("promote", ref, "--to", environment)
                .done()
                .json()
                .path("id")
                .asString();
    }

    /** The same, and waits until it is deployed there. */
    String deployed(String actor, String ref, String environment) {
        String id = promoted(actor, ref, environment);
        String state = settled(id);
        if (!state.equals("succeeded")) {
            throw new AssertionError(state + "\n" + as("admin").json("status", id));
        }
        return id;
    }

    /** The state in which a promotion stands still once nothing but a person or nothing at all moves it. */
    String settled(String promotion) {
        return settled(promotion, List.of("refused", "succeeded", "failed", "returned", "withdrawn"));
    }

    String settled(String promotion, List<String> states) {
        Until.holds(
                "promotion " + promotion + " is one of " + states,
                () -> as("admin").run("status", promotion) + "\n" + server.said(),
                () -> states.contains(state(promotion)));
        return state(promotion);
    }

    String state(String promotion) {
        return as("admin").json("status", promotion).json().path("state").asString();
    }

    String token(String actor) {
        return String.valueOf(tokens.get(actor));
    }

    ServerProcess server() {
        return server;
    }

    Cli as(String actor) {
        Path desk = work.resolve("desks").resolve(actor);
        try {
            Files.createDirectories(desk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Cli(
                desk,
                Map.of(
                        "WAYBILL_URL", server.url(),
                        "WAYBILL_TOKEN", token(actor),
                        "WAYBILL_CONFIG_DIR", desk.resolve("config").toString(),
                        "NO_COLOR", "1"));
    }
}
