package dev.waybill.api.oci;

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

    public static Map<String, String> annotations(String title, boolean executable) {
        return executable ? Map.of(Descriptor.TITLE, title, EXECUTABLE, "true") : Map.of(Descriptor.TITLE, title);
    }
}
