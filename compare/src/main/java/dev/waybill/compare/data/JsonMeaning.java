package dev.waybill.compare.data;

import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Value;
import java.util.regex.Pattern;

/** What members of known files mean. */
enum JsonMeaning {
    /** No member is special. */
    PLAIN {
        @Override
        Part part(String name, String path, Value value) {
            return Part.of(name, value);
        }
    },
    /** npm's package.json: the first of the {@code exports} conditions that fits is taken. */
    NPM_PACKAGE {
        @Override
        Part part(String name, String path, Value value) {
            if (NPM_NOTES.matcher(path).matches()) {
                return Part.droppable(name, value, DataRules.PUBLISHED);
            }
            return path.equals(".gitHead") ? Part.of(name, value, DataRules.SOURCE) : Part.of(name, value);
        }

        @Override
        boolean orderCounts(String path) {
            return path.startsWith(".exports") || path.startsWith(".imports");
        }
    },
    /** A bill of material by CycloneDX or SPDX. */
    BILL {
        @Override
        Part part(String name, String path, Value value) {
            if (BILL_NOTES.matcher(path).matches()) {
                return Part.droppable(name, value, DataRules.SBOM);
            }
            return BILL_COMPONENTS.matcher(path).matches()
                    ? Part.of(name, value, DataRules.COMPONENT)
                    : Part.of(name, value);
        }
    },
    /** An image's configuration (image-spec, config.md). */
    IMAGE {
        @Override
        Part part(String name, String path, Value value) {
            if (IMAGE_TIME.matcher(path).matches()) {
                return Part.droppable(name, value, DataRules.IMAGE_TIME);
            }
            if (IMAGE_LAYERS.matcher(path).matches()) {
                return Part.droppable(name, value, DataRules.IMAGE_LAYERS);
            }
            if (IMAGE_BUILDER.matcher(path).matches()) {
                return Part.droppable(name, value, DataRules.IMAGE_BUILDER);
            }
            if (path.endsWith(".org.opencontainers.image.revision")) {
                return Part.of(name, value, DataRules.SOURCE);
            }
            return Part.of(name, value, path.startsWith(".history") ? DataRules.IMAGE_HISTORY : DataRules.IMAGE_CONFIG);
        }
    },
    /** Cargo's note of the commit. */
    CARGO_COMMIT {
        @Override
        Part part(String name, String path, Value value) {
            return path.startsWith(".git") ? Part.of(name, value, DataRules.SOURCE) : Part.of(name, value);
        }
    };

    private static final Pattern NPM_NOTES = Pattern.compile(
            "\\._(resolved|from|integrity|nodeVersion|npmVersion|npmUser|npmOperationalInternal|hasShrinkwrap|shasum)");
    private static final Pattern IMAGE_TIME = Pattern.compile(
            "\\.created|\\.history\\[\\]\\.created|\\.config\\.Labels\\.(org\\.opencontainers\\.image\\.created|.*build-date)");
    private static final Pattern IMAGE_LAYERS = Pattern.compile("\\.rootfs\\.diff_ids(\\[\\])?");
    private static final Pattern IMAGE_BUILDER =
            Pattern.compile("\\.(container|docker_version|id|parent|container_config)(\\W.*)?");
    private static final Pattern BILL_NOTES = Pattern.compile(
            "\\.(serialNumber|metadata\\.(timestamp|tools)|creationInfo\\.(created|creators)|documentNamespace)");
    private static final Pattern BILL_COMPONENTS =
            Pattern.compile("\\.(components|dependencies|packages|relationships)(\\W.*)?");

    abstract Part part(String name, String path, Value value);

    boolean orderCounts(String path) {
        return false;
    }

    static JsonMeaning of(Place place, String text) {
        if (place.file().equals("package.json")) {
            return NPM_PACKAGE;
        }
        if (place.name().equals("image-config.json")) {
            return IMAGE;
        }
        if (place.file().equals(".cargo_vcs_info.json")) {
            return CARGO_COMMIT;
        }
        boolean bill = text.contains("\"bomFormat\"") || text.contains("\"spdxVersion\"");
        return bill ? BILL : PLAIN;
    }
}
