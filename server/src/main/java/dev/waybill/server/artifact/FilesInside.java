package dev.waybill.server.artifact;

import dev.waybill.api.artifact.FileFound;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import dev.waybill.server.layer.LayerIndex;
import java.util.ArrayList;
import java.util.List;

/** Finds the artifacts that a file on any disk came from, by its sha256. */
public final class FilesInside {
    private static final int MOST = 100;

    private final LayerIndex layers;
    private final ArtifactStore store = new SqlArtifactStore();

    public FilesInside(LayerIndex layers) {
        this.layers = layers;
    }

    /**
     * Where a file with this sha256 stands: the layer itself first (a jar that was packed as one), then files inside
     * layers; at most {@value #MOST}. A layer that is not indexed yet is not found inside.
     */
    public List<FileFound> find(Tx tx, Digest sha256) {
        List<FileFound> found = new ArrayList<>();
        for (Artifact artifact : store.withPart(tx, sha256, MOST)) {
            found.add(found(artifact, title(tx, artifact, sha256)));
        }
        for (LayerIndex.Hit hit : layers.find(tx, sha256, MOST)) {
            for (Artifact artifact : store.withPart(tx, hit.layer(), MOST - Math.min(MOST, found.size()))) {
                found.add(found(artifact, hit.file().path()));
            }
        }
        return found;
    }

    private String title(Tx tx, Artifact artifact, Digest part) {
        return store.parts(tx, artifact.digest()).stream()
                .filter(p -> p.digest().equals(part) && p.title() != null)
                .map(Part::title)
                .findFirst()
                .orElse("");
    }

    private static FileFound found(Artifact artifact, String path) {
        return new FileFound(artifact.application(), artifact.digest(), path);
    }
}
