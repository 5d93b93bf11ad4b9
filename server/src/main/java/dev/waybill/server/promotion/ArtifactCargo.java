package dev.waybill.server.promotion;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Version;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Cargo as the room of artifacts knows it. An image declares nothing; a packed artifact does so in its configuration blob. */
public final class ArtifactCargo implements Cargo {
    private final Database database;
    private final Artifacts artifacts;

    public ArtifactCargo(Database database, Artifacts artifacts) {
        this.database = database;
        this.artifacts = artifacts;
    }

    @Override
    public Item resolve(Tx tx, Ref ref, Predicate<ApplicationName> mayRead) {
        return item(artifacts.resolve(tx, ref, mayRead));
    }

    @Override
    public Item require(Tx tx, ApplicationName application, Digest digest) {
        return item(artifacts.require(tx, application, digest));
    }

    @Override
    public void requireBytes(Tx tx, ApplicationName application, Digest digest) {
        artifacts.requireBytes(tx, application, digest);
    }

    @Override
    public List<Version> versions(Tx tx, Item item) {
        return artifacts.versions(tx, artifacts.require(tx, item.application(), item.digest()));
    }

    @Override
    public List<String> required(ApplicationName application, Digest digest) throws IOException {
        Artifact artifact = database.read(tx -> artifacts.require(tx, application, digest));
        return artifacts.config(artifact).map(c -> c.config().required()).orElse(List.of());
    }

    private static Item item(Artifact artifact) {
        return new Item(artifact.digest(), artifact.application(), artifact.commit());
    }
}
