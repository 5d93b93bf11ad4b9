package dev.waybill.compare.image;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One image.
 *
 * @param annotations of its manifest, as JSON
 * @param attestation what a builder says about another image, and no image itself
 */
record Image(Content config, List<Content> layers, String annotations, boolean attestation) {
    private static final int LARGEST = 8 * 1024 * 1024;

    Part part(Reading reading) throws IOException {
        List<String> digests = new ArrayList<>();
        for (Content layer : layers) {
            digests.add(layer.sha256(reading.scratch()));
        }
        if (attestation) {
            return Part.droppable("attestation", String.join(", ", digests), ImageRules.ATTESTATION);
        }
        Form.Builder form = Form.builder("image");
        Bytes bytes = config.open(reading.scratch());
        Content configuration = Content.of(Place.of("image-config.json"), bytes);
        form.add(Part.of("configuration", configuration));
        form.add(Part.droppable("annotations", annotations, ImageRules.ANNOTATION));
        form.add(Part.droppable("layers", new Atom(String.join("\n", digests)), ImageRules.LAYERS));
        RootFiles root = new RootFiles(layers, digests, reading);
        form.add(Part.of("files", new Lazy(String.join(" ", digests), null, root)));
        return Part.of("image " + platform(bytes), form.build());
    }

    /** Pairs the images of two indexes. */
    private static String platform(Bytes config) throws IOException {
        try {
            JsonNode json = Json.parse(config.whole(LARGEST));
            String variant = json.path("variant").asString("");
            return json.path("os").asString("") + "/"
                    + json.path("architecture").asString("") + (variant.isEmpty() ? "" : "/" + variant);
        } catch (ProblemException e) {
            return "of an unknown platform";
        }
    }
}
