package dev.waybill.cli.registry;

import dev.waybill.api.oci.Link;
import dev.waybill.api.registry.CopyRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.layout.Graph;
import dev.waybill.cli.layout.Node;
import dev.waybill.cli.remote.Credential;
import dev.waybill.cli.remote.CredentialFiles;
import dev.waybill.cli.remote.RemoteGraph;
import dev.waybill.cli.remote.RemoteName;
import dev.waybill.cli.remote.RemoteRegistry;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill registry copy}. */
@Command(
        name = "copy",
        description = {
            "Copy an image or artifact from another registry, with all platforms and all that is said about it.",
            "Every byte is hashed; where it came from is recorded, as your word. Log-ins of other tools are used."
        })
@SuppressWarnings("NullAway.Init")
public final class RegistryCopyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "HOST/NAME[:TAG|@DIGEST]",
            description = "What to copy; :latest when left out.")
    private String from;

    @Parameters(index = "1", paramLabel = "REPOSITORY", description = "An application's name; it need not exist yet.")
    private ApplicationName repository;

    @Option(names = "--tag", paramLabel = "TAG", description = "Its name here; without one it has its digest only.")
    private @Nullable Version tag;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in there; needs --password-stdin.")
    private @Nullable String user;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean passwordStdin;

    @Option(names = "--auth-file", paramLabel = "FILE", description = "Log-ins, as auth.json or docker's config.json.")
    private @Nullable Path authFile;

    @Option(
            names = "--auth-host",
            paramLabel = "HOST[:PORT]",
            description = "Another host that may be shown the log-in, where the registry gets its tokens.")
    private @Nullable String authHost;

    @Option(names = "--plain-http", description = "Talk to that registry without TLS.")
    private boolean plainHttp;

    public RegistryCopyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        RemoteName name = RemoteName.parse(from);
        RemoteRegistry.Options options = new RemoteRegistry.Options(plainHttp, credential(name), authHost);
        Path work = Files.createTempDirectory("waybill-copy-");
        Digest digest;
        RepositoryPush.Pushed pushed;
        try (Progress progress = session.progress();
                RemoteRegistry remote = new RemoteRegistry(name, options)) {
            RemoteGraph source = new RemoteGraph(remote, work, progress);
            digest = source.read();
            Graph graph = source.graph();
            if (tag != null) {
                graph.name(tag, digest);
            }
            pushed = new RepositoryPush(session.client().registry(), repository, progress)
                    .push(graph, new FromRemote(source));
        } finally {
            clear(work);
        }
        session.client().storage().copied(new CopyRequest(repository, digest, name.place(), name.tag()));
        return tell(name, digest, pushed);
    }

    private int tell(RemoteName name, Digest digest, RepositoryPush.Pushed pushed) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", name.toString());
        answer.put("repository", repository);
        answer.put("digest", digest);
        answer.put("pushed", pushed);
        session.answer(answer, digest::toString);
        for (RepositoryPush.Refused refused : pushed.refused()) {
            session.note("The tag " + refused.tag() + " was not set to " + refused.digest() + ": " + refused.why());
        }
        session.closing(
                "Copied " + name + " into " + repository + ": " + Count.of(pushed.manifests(), "manifest") + ", "
                        + Count.of(pushed.blobs(), "blob") + "; " + Bytes.of(pushed.pushedBytes())
                        + " were not there yet.",
                "waybill register " + repository + "@" + digest + " --application " + repository + " --commit COMMIT");
        return pushed.refused().isEmpty() ? Exit.DONE : Exit.REFUSED;
    }

    private @Nullable Credential credential(RemoteName name) throws IOException {
        if (user != null && passwordStdin) {
            String password = new String(session.in().readNBytes(64 * 1024), StandardCharsets.UTF_8);
            return new Credential(user, password.replaceFirst("\\R\\z", ""));
        }
        if (user != null || passwordStdin) {
            throw new Problem.Malformed(
                            "CREDENTIALS_INCOMPLETE",
                            "Reading the log-in for " + name.host(),
                            "--user and --password-stdin belong together.",
                            "Give both, or neither to use what `skopeo login` or `docker login` kept.")
                    .exception();
        }
        CredentialFiles files = authFile == null
                ? CredentialFiles.of(session.environment())
                : CredentialFiles.of(session.path(authFile));
        return files.find(name).orElse(null);
    }

    private static void clear(Path work) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(work)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }

    private record FromRemote(RemoteGraph graph) implements RepositoryPush.Source {
        @Override
        public byte[] manifest(Node node) throws IOException {
            return graph.bytes(node);
        }

        @Override
        public Path blob(Link link) throws IOException {
            return graph.blob(link);
        }

        @Override
        public void release(Path blob) throws IOException {
            Files.deleteIfExists(blob);
        }
    }
}
