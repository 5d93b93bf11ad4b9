package dev.waybill.cli.evidence;

import dev.waybill.api.client.Content;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.evidence.ReportRef;
import dev.waybill.cli.Session;
import dev.waybill.cli.build.Outputs;
import dev.waybill.core.name.ApplicationName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Report files on their way to the server: each pushed as a blob of the application's repository. */
public record ReportFiles(List<Outputs.Output> files) {
    /** Enough of a file to tell markup from JSON. */
    private static final int START = 512;

    /** Everything that the patterns match below a directory; nothing is no error, the server says what it means. */
    public static ReportFiles matching(Path directory, List<String> patterns) throws IOException {
        List<Outputs.Output> files = new ArrayList<>();
        for (String pattern : patterns) {
            files.addAll(Outputs.matching(directory, pattern));
        }
        return new ReportFiles(List.copyOf(files));
    }

    /** Files that the person named. */
    static ReportFiles named(Session session, List<Path> paths) {
        List<Outputs.Output> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(new Outputs.Output(path.getFileName().toString(), session.path(path)));
        }
        return new ReportFiles(List.copyOf(files));
    }

    public List<ReportRef> push(RegistryClient registry, ApplicationName application) throws IOException {
        List<ReportRef> references = new ArrayList<>();
        for (Outputs.Output file : files) {
            Content content = Content.of(file.path());
            registry.push(application, content);
            references.add(new ReportRef(file.name(), content.digest(), content.size(), mediaType(file.path())));
        }
        return references;
    }

    /** By what the file holds: a report keeps its name, and names are anybody's. */
    static String mediaType(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(START);
        }
        String text =
                new String(start, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        if (text.startsWith("<")) {
            return "application/xml";
        }
        return text.startsWith("{") || text.startsWith("[") ? "application/json" : "application/octet-stream";
    }
}
