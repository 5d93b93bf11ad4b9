package dev.waybill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A repository of a team, with projects that plain {@code sh} builds. */
record TempGit(Path directory) {
    static final String AUTHOR = "author@example.org";

    static TempGit create(Path directory) {
        try {
            Files.createDirectories(directory);
            Git.init().setDirectory(directory.toFile()).call().close();
            return new TempGit(directory);
        } catch (GitAPIException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A service of two scripts in one directory; {@code check} succeeds while {@code sick} is not among its files. */
    static TempGit service(Path directory, String application) {
        return create(directory)
                .write("waybill.yaml", """
                        application: %s
                        build:
                          command: sh build.sh
                          outputs: [out/app]
                        run: {command: [sh, app/serve], health: {command: [sh, app/check], within: 5s}}
                        config: {optional: [GREETING, PASSWORD]}
                        pipeline:
                          - dev
                          - staging: {tests: [unit]}
                          - production: {tests: [unit, acceptance on staging], approvals: 1}
                        """.formatted(application))
                .write("build.sh", """
                        mkdir -p out/app
                        cp -r src/. out/app
                        """)
                .write("src/serve", "exec sleep 100000\n")
                .write("src/check", "test ! -e app/sick\n")
                .write(".gitignore", "out\n");
    }

    TempGit write(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything; returns the commit's id. */
    String commit(String message) {
        return commit(message, AUTHOR);
    }

    String commit(String message, String email) {
        PersonIdent author = new PersonIdent("Author", email);
        try (Git git = Git.open(directory.toFile())) {
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setMessage(message)
                    .setAuthor(author)
                    .setCommitter(author)
                    .setSign(false)
                    .call()
                    .getName();
        } catch (GitAPIException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The next commit of a service: other content, so another artifact. */
    String change(String content) {
        return write("src/content", content + "\n").commit("Change the content to " + content);
    }
}
