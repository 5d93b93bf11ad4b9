package dev.waybill.cli.build;

import dev.waybill.core.name.CommitId;
import dev.waybill.core.predicate.CommitNote;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The repository that the person stands in: its commit, what is uncommitted, and what the commit says about itself. */
final class SourceTree implements AutoCloseable {
    private static final int COMMITS = 500;

    private final Repository repository;
    private final RevCommit head;
    private final String project;

    private SourceTree(Repository repository, RevCommit head, String project) {
        this.repository = repository;
        this.head = head;
        this.project = project;
    }

    /** @param directory the project's directory; may be a subdirectory of the work tree */
    static SourceTree at(Path directory) throws IOException {
        Path real = directory.toRealPath();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(real.toFile());
        if (builder.getGitDir() == null) {
            throw refuse(
                    "NOT_A_REPOSITORY", real + " is not inside a Git work tree.", "Go to one, or name it with --dir.");
        }
        Repository repository = builder.build();
        ObjectId id = repository.resolve("HEAD");
        if (id == null || repository.isBare()) {
            repository.close();
            throw refuse("NO_COMMIT", "the repository has no commit checked out.", "Commit first.");
        }
        try (RevWalk walk = new RevWalk(repository)) {
            Path root = repository.getWorkTree().toPath().toRealPath();
            String project = root.relativize(real).toString().replace('\\', '/');
            return new SourceTree(repository, walk.parseCommit(id), project);
        }
    }

    CommitId commit() {
        return new CommitId(head.getName());
    }

    Instant time() {
        return Instant.ofEpochSecond(head.getCommitTime());
    }

    Person author() {
        return person(head.getAuthorIdent());
    }

    Person committer() {
        return person(head.getCommitterIdent());
    }

    /** The project's directory inside the work tree, empty for its root. */
    String project() {
        return project;
    }

    Path objects() {
        return ((ObjectDirectory) repository.getObjectDatabase())
                .getDirectory()
                .toPath()
                .toAbsolutePath();
    }

    /** The address of {@code origin}, without what may be a password; null when there is none. */
    @Nullable
    String url() {
        String url = repository.getConfig().getString("remote", "origin", "url");
        return url == null ? null : url.replaceFirst("^([a-z+]+://)[^/@]*@", "$1");
    }

    /** {@code WORK_TREE_DIRTY} when something is changed or untracked: it would not be in the artifact. */
    void requireClean() throws IOException {
        try (Git git = new Git(repository)) {
            Status status = git.status().call();
            Set<String> dirty = new TreeSet<>(status.getUncommittedChanges());
            dirty.addAll(status.getUntracked());
            if (!dirty.isEmpty()) {
                String shown = dirty.stream().limit(20).collect(Collectors.joining("\n  "));
                String more = dirty.size() > 20 ? "\n  and " + (dirty.size() - 20) + " more" : "";
                throw refuse(
                        "WORK_TREE_DIRTY",
                        Count.of(dirty.size(), "file differs", "files differ") + " from commit "
                                + head.getName().substring(0, 12) + ":\n  " + shown + more,
                        "Commit them, stash them or put them into .gitignore: one commit has one artifact.");
            }
        } catch (GitAPIException e) {
            throw new IOException("the state of the work tree cannot be read: " + e.getMessage(), e);
        }
    }

    /** A file as the commit has it. */
    byte[] read(String name) throws IOException {
        String path = project.isEmpty() ? name : project + "/" + name;
        try (TreeWalk walk = TreeWalk.forPath(repository, path, head.getTree())) {
            if (walk == null) {
                String above = above(name);
                throw refuse(
                        "PROJECT_FILE_MISSING",
                        "commit " + head.getName().substring(0, 12) + " has no " + path
                                + (above.isEmpty() ? "." : ", but it has " + above + "/" + name + "."),
                        above.isEmpty()
                                ? "Write it (examples/shop/waybill.yaml is a whole one) and commit it."
                                : "Go there, or name the directory: `waybill build --dir " + above + "`.");
            }
            return repository.open(walk.getObjectId(0)).getBytes(1024 * 1024);
        }
    }

    /** The nearest directory above the project's that has the file, as one writes it from there; empty when none has. */
    private String above(String name) throws IOException {
        String up = "";
        String at = project;
        while (!at.isEmpty()) {
            int slash = at.lastIndexOf('/');
            at = slash < 0 ? "" : at.substring(0, slash);
            up = up.isEmpty() ? ".." : up + "/..";
            try (TreeWalk walk = TreeWalk.forPath(repository, at.isEmpty() ? name : at + "/" + name, head.getTree())) {
                if (walk != null) {
                    return up;
                }
            }
        }
        return "";
    }

    /** Commits since {@code previous}, newest first, at most {@value #COMMITS}; none when it is unknown here. */
    List<CommitNote> since(@Nullable CommitId previous) throws IOException {
        if (previous == null) {
            return List.of();
        }
        List<CommitNote> notes = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = ObjectId.fromString(previous.value());
            if (!repository.getObjectDatabase().has(id)) {
                return List.of();
            }
            walk.markStart(walk.parseCommit(head));
            walk.markUninteresting(walk.parseCommit(id));
            for (RevCommit commit : walk) {
                if (notes.size() == COMMITS) {
                    break;
                }
                notes.add(new CommitNote(
                        new CommitId(commit.getName()), person(commit.getAuthorIdent()), commit.getShortMessage()));
            }
        }
        return notes;
    }

    @Override
    public void close() {
        repository.close();
    }

    private static Person person(PersonIdent ident) {
        return new Person(ident.getName(), ident.getEmailAddress());
    }

    private static ProblemException refuse(String code, String missing, String next) {
        return new Problem.Refused(code, "Finding the commit to build", missing, next).exception();
    }
}
