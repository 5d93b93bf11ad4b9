package dev.waybill.cli.evidence;

import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.ReportRef;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code waybill attest sbom}, {@code scan} and {@code custom}: a document about the artifact, kept whole. */
@Command
@SuppressWarnings("NullAway.Init")
public final class AttestDocumentCommand implements Callable<Integer> {
    /** Finds the predicate type of a document that did not say it. */
    public interface Typing {
        String typeOf(JsonNode document);
    }

    private final Session session;
    private final Typing typing;

    @Option(names = "--artifact", required = true, paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Option(names = "--type", paramLabel = "URI", description = "The predicate type (default: by the document).")
    private @Nullable String type;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON documents.")
    private List<Path> files;

    public AttestDocumentCommand(Session session, Typing typing) {
        this.session = session;
        this.typing = typing;
    }

    @Override
    public Integer call() throws IOException {
        WaybillClient client = session.client();
        Resolved resolved = client.artifacts().resolve(ref);
        int worst = Exit.DONE;
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(session.path(file));
            String predicateType = type == null ? typing.typeOf(Json.parse(bytes)) : type;
            Content content = Content.of(bytes);
            client.registry().push(resolved.application(), content);
            String name = file.getFileName().toString();
            ReportRef reference =
                    new ReportRef(name, content.digest(), content.size(), ReportFiles.mediaType(session.path(file)));
            EvidenceInfo evidence = client.evidence()
                    .document(new EvidenceRequest(resolved.application(), resolved.digest(), predicateType, reference));
            worst = Math.max(worst, EvidenceText.ending(session, resolved, evidence, name));
        }
        return worst;
    }

    /** CycloneDX or SPDX, by their own marks. */
    public static String billOfMaterial(JsonNode document) {
        if (document.path("bomFormat").asString("").equals("CycloneDX")) {
            return PredicateTypes.CYCLONEDX;
        }
        if (document.path("spdxVersion").isString()) {
            return PredicateTypes.SPDX;
        }
        throw unknown("it is neither CycloneDX (bomFormat) nor SPDX 2 (spdxVersion).");
    }

    public static String scan(JsonNode document) {
        return PredicateTypes.VULNERABILITIES;
    }

    /** In-toto's own way of saying it, if the document is a whole statement. */
    public static String custom(JsonNode document) {
        JsonNode type = document.path("predicateType");
        if (type.isString()) {
            return type.stringValue();
        }
        throw unknown("a custom document does not say its type.");
    }

    private static ProblemException unknown(String missing) {
        return new Problem.Malformed(
                        "PREDICATE_TYPE_UNKNOWN", "Reading the document", missing, "Name the type with --type URI.")
                .exception();
    }
}
