package dev.waybill.e2e.clients;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.e2e.Program;
import dev.waybill.e2e.RealParts;
import dev.waybill.server.RegistryOptions;
import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.garbage.Terms;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.traffic.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A server with one repository open to everybody, somebody who builds and somebody who only reads, and files to push. */
final class Harbour implements AutoCloseable {
    static final String OPEN = "open";

    final WaybillServer server;
    final String builder;
    final String viewer;
    final Path files;
    private final Path directory;

    Harbour(Path directory) throws IOException {
        this.directory = directory;
        this.server = WaybillServer.start(new ServerConfig(
                directory.resolve("data"),
                "127.0.0.1",
                0,
                null,
                null,
                false,
                Terms.DEFAULT,
                new RegistryOptions(List.of(new ApplicationName(OPEN)), List.of(), Limits.DEFAULT),
                Rates.DEFAULT,
                false));
        this.builder = token("builder", Role.BUILDER);
        this.viewer = token("viewer", Role.VIEWER);
        this.files = Files.createDirectories(directory.resolve("files"));
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        Files.write(files.resolve("noise"), noise);
        Files.writeString(files.resolve("hello.txt"), "hello\n");
    }

    private String token(String name, Role role) {
        Actor actor = new Actor(new ActorName(name), Set.of(), List.of(Grant.everywhere(role)));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    /** Host and port, as references start. */
    String host() {
        return "127.0.0.1:" + server.port();
    }

    String ref(String rest) {
        return host() + "/" + rest;
    }

    /** The program, with a home that others with this name share. */
    Program program(String name, String home) {
        return new Program(
                RealParts.program(name),
                directory.resolve(home),
                Map.of("XDG_RUNTIME_DIR", directory.resolve(home).toString()));
    }

    @Override
    public void close() {
        server.close();
    }
}
