package dev.waybill.api.oci;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * How the files of a packed artifact become layers: one layer per file, titled with its name. A directory is one
 * uncompressed deterministic tar titled {@code NAME.tar}, whose entries start with {@code NAME/}; whoever unpacks tells it
 * by {@link #DIRECTORY}. Whether a file is a program travels as an annotation, because a layer has no mode.
 */
public final class Layers {
    /** Media type of a directory's layer (image-spec, layer.md). */
    public static final String DIRECTORY = "application/vnd.oci.image.layer.v1.tar";

    private static final String EXECUTABLE = "dev.waybill.executable";

    private Layers() {}

    public static boolean isDirectory(Descriptor layer) {
        return DIRECTORY.equals(layer.mediaType());
    }

    /** Whether the file has to be executable. */
    public static boolean isExecutable(Descriptor layer) {
        Map<String, String> annotations = layer.annotations();
        return annotations != null && "true".equals(annotations.get(EXECUTABLE));
    }

    /**
     * The title as a path below any directory, on every system; {@code LAYER_TITLE_INVALID} for one that is absolute, leads
     * out of it, or has characters that no file name has.
     *
     * @param artifact what the layer is of
     */
    public static String requireFileName(Digest artifact, String title) {
        boolean path = !title.isEmpty()
                && title.indexOf('\\') < 0
                && title.indexOf(':') != 1
                && title.chars().noneMatch(Character::isISOControl)
                && Arrays.stream(title.split("/", -1)).allMatch(Layers::isName);
        if (!path) {
            throw new Problem.Refused(
                            "LAYER_TITLE_INVALID",
                            "Reading the file names of " + artifact,
                            "the title of a layer is '" + shown(title) + "', which is no path below a directory.",
                            "Pack the artifact again under relative names, their parts joined by / and none of them . or ...")
                    .exception();
        }
        return title;
    }

    /** Surrogates without their other half have no bytes; 255 bytes are what file systems take. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= 255;
    }

    private static String shown(String title) {
        String plain = title.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
        return plain.length() > 120 ? plain.substring(0, 120) + "..." : plain;
    }

    public static Map<String, String> annotations(String title, boolean executable) {
        return executable ? Map.of(Descriptor.TITLE, title, EXECUTABLE, "true") : Map.of(Descriptor.TITLE, title);
    }
}
