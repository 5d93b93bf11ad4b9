package dev.waybill.cli.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * A clean checkout of one commit in a directory of its own, gone when closed or when the process is stopped. It borrows
 * the objects of the source repository (gitrepository-layout, objects/info/alternates), so that nothing is copied, and
 * stands on a detached HEAD, so that builds that ask Git for the commit get it.
 */
public final class Workspace implements AutoCloseable {
    private final Path directory;
    private final Thread atExit;

    private Workspace(Path directory) {
        this.directory = directory;
        this.atExit = new Thread(() -> delete(directory));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** An empty one. */
    public static Workspace empty() throws IOException {
        return new Workspace(Files.createTempDirectory("waybill-").toRealPath());
    }

    static Workspace of(SourceTree source) throws IOException {
        Workspace workspace = empty();
        try {
            Git.init().setDirectory(workspace.directory.toFile()).call().close();
            Path dotGit = workspace.directory.resolve(".git");
            Files.createDirectories(dotGit.resolve("objects/info"));
            Files.writeString(dotGit.resolve("objects/info/alternates"), source.objects() + "\n");
            Files.writeString(dotGit.resolve("HEAD"), source.commit() + "\n");
            try (Git fresh = Git.open(workspace.directory.toFile())) {
                fresh.reset()
                        .setMode(ResetCommand.ResetType.HARD)
                        .setRef(source.commit().value())
                        .call();
            }
            return workspace;
        } catch (GitAPIException e) {
            workspace.close();
            throw new IOException("the commit cannot be checked out: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        delete(directory);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is going down: the hook runs anyway.
            return;
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(Workspace::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger("waybill").log(System.Logger.Level.DEBUG, "not deleted: " + directory, e);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
