package dev.waybill.agent.store;

import dev.waybill.api.deploy.Enrolled;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** The agent's own directory: its key, whom it trusts, its content and what is to be reported. All of it 0600. */
public final class AgentState {
    /** The key as it is kept: PKCS#8 and SubjectPublicKeyInfo, base64. */
    private record KeyFile(String privateKey, String publicKey) {}

    private final Disk disk;
    private final Path directory;

    public AgentState(Disk disk, Path directory) throws IOException {
        this.disk = disk;
        this.directory = directory;
        disk.directory(directory);
        disk.directory(directory.resolve("targets"));
        disk.directory(requests());
    }

    /** The key of this agent, made here at its first use; it never leaves the host. */
    public SigningKey key() throws IOException {
        Path file = directory.resolve("key.json");
        Optional<byte[]> kept = disk.read(file);
        if (kept.isEmpty()) {
            KeyPair pair = SigningKey.generate();
            Base64.Encoder base64 = Base64.getEncoder();
            disk.write(
                    file,
                    Json.write(new KeyFile(
                            base64.encodeToString(pair.getPrivate().getEncoded()),
                            base64.encodeToString(pair.getPublic().getEncoded()))));
            return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
        }
        KeyFile key = Json.read(kept.get(), KeyFile.class);
        try {
            return new SigningKey(
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key.privateKey()))),
                    Base64.getDecoder().decode(key.publicKey()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the agent's key in " + file + " cannot be read", e);
        }
    }

    /** What the server gave at enrolment; the trust root in it is pinned for ever. */
    public Optional<Enrolled> enrolled() throws IOException {
        return disk.read(directory.resolve("enrolled.json")).map(bytes -> Json.read(bytes, Enrolled.class));
    }

    public Enrolled requireEnrolled() throws IOException {
        return enrolled()
                .orElseThrow(() -> new Problem.Refused(
                                "AGENT_NOT_ENROLLED",
                                "Starting the agent",
                                "it has no token and no trust root in " + directory + ".",
                                "Run `waybill agent enrol --server URL --token ONE_TIME --config agent.yaml`.")
                        .exception());
    }

    public void enrol(Enrolled enrolled) throws IOException {
        disk.write(directory.resolve("enrolled.json"), Json.write(enrolled));
    }

    public Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    public Path content() {
        return directory.resolve("content");
    }

    public Path reports(Slot slot) {
        return directory.resolve("targets").resolve(slot.toString().replace('/', '+') + ".json");
    }

    /** Where a rollback asked for on this host waits for the running agent. */
    public Path requests() {
        return directory.resolve("requests");
    }

    public Path lock() {
        return directory.resolve("agent.lock");
    }
}
