package dev.waybill.compare.zip;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Origin;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What Maven writes into each jar about itself. */
final class PomProperties {
    private PomProperties() {}

    static @Nullable Origin origin(Bytes bytes) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(new String(bytes.whole(64 * 1024), StandardCharsets.ISO_8859_1)));
        String group = properties.getProperty("groupId");
        String artifact = properties.getProperty("artifactId");
        String version = properties.getProperty("version");
        return group == null || artifact == null || version == null
                ? null
                : new Origin(group + ":" + artifact, version, Origin.LIBRARY);
    }
}
