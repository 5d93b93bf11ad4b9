package dev.waybill.compare.image;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about images. */
public final class ImageRules {
    static final Rule PACKAGING = Rule.metadata(
            "image.packaging",
            "How the image was saved, its media types and its manifest's bytes are not seen by a container; layers and"
                    + " configuration are compared by themselves.");
    static final Rule TAG = Rule.metadata("image.tag", "A tag is a label that points at the image and moves.");
    static final Rule ANNOTATION = Rule.metadata(
            "image.annotation", "Annotations of the manifest are shown by tools and not seen by a container.");
    static final Rule ATTESTATION =
            Rule.metadata("image.attestation", "The builder's attestation tells about the build and is not run.");
    static final Rule LAYERS = Rule.metadata(
            "image.layers",
            "How the files are spread over layers is not seen by a container; the files are compared by themselves.");
    static final Rule BASE = Rule.base(
            "image.base",
            "The file belongs to the lowest layer, which carries the operating system, and that layer is another.");
    static final Rule PACKAGE =
            Rule.dependency("image.package", "An operating system's package is there in another version.");
    static final Rule DATABASE = Rule.metadata(
            "image.package-database", "The list of packages names the same versions; the rest describes them.");
    static final Rule CACHE = Rule.metadata(
            "image.cache", "Logs and caches of package managers are written anew and decide nothing in the container.");

    private ImageRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(PACKAGING, TAG, ANNOTATION, ATTESTATION, LAYERS, BASE, PACKAGE, DATABASE, CACHE);
    }
}
