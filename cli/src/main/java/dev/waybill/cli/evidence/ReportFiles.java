package dev.waybill.cli.evidence;

import dev.waybill.api.client.Content;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.evidence.ReportRef;
import dev.waybill.cli.Session;
import dev.waybill.cli.build.Outputs;
import dev.waybill.core.name.ApplicationName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Report files on their way to the server: each pushed as a blob of the application's repository. */
public record ReportFiles(List<Outputs.Output> files) {
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
            references.add(new ReportRef(file.name(), content.digest(), content.size(), mediaType(file.name())));
        }
        return references;
    }

    static String mediaType(String name) {
        if (name.endsWith(".xml")) {
            return "application/xml";
        }
        return name.endsWith(".json") || name.endsWith(".sarif") ? "application/json" : "application/octet-stream";
    }
}
