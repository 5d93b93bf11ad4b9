package dev.waybill.cli.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and a password for one registry. */
public record Credential(String user, String password) {
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "Credential[" + user + "]";
    }
}
