package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** The team's git repository, made from {@code examples/shop}. */
final class ShopRepository {
    private static final Instant FIRST = Instant.parse("2026-01-05T09:00:00Z");

    private final Path directory;
    private int commits;

    private ShopRepository(Path directory) {
        this.directory = directory;
    }

    /** Copies the example and commits it as the team's developer. */
    static ShopRepository create(Path example, Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(example)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                Path relative = example.relativize(file);
                if (!relative.startsWith("target")) {
                    Path to = directory.resolve(relative);
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        ShopRepository repository = new ShopRepository(directory);
        try (Git git = Git.init()
                .setInitialBranch("main")
                .setDirectory(directory.toFile())
                .call()) {
            repository.commit(git, "Sell tea, cups and kettles", FIRST);
        } catch (GitAPIException e) {
            throw new IOException("git init failed in " + directory, e);
        }
        return repository;
    }

    Path directory() {
        return directory;
    }

    String head() throws IOException {
        try (Git git = Git.open(directory.toFile())) {
            return git.getRepository().resolve("HEAD").name();
        }
    }

    /** The innocent simplification that only production's tax rate cannot bear. */
    void simplifyTaxes() throws IOException {
        edit("new BigDecimal(text.replace(',', '.'))", "new BigDecimal(text)", "Simplify how taxes are read");
    }

    void mendTaxes() throws IOException {
        edit(
                "new BigDecimal(text)",
                "new BigDecimal(text.replace(',', '.').strip())",
                "Read taxes with a comma again, and with spaces around");
    }

    /** One more harmless commit. */
    void touch() throws IOException {
        edit("\"no such item\"", "\"no such item here\"", "Say where there is no such item");
    }

    /** A clean checkout of an older revision, as on another build machine. */
    Path checkOut(String revision, Path into) throws IOException {
        try (Git git = Git.cloneRepository()
                .setURI(directory.toUri().toString())
                .setDirectory(into.toFile())
                .call()) {
            git.checkout().setName(git.getRepository().resolve(revision).name()).call();
            return into;
        } catch (GitAPIException e) {
            throw new IOException("git checkout of " + revision + " failed", e);
        }
    }

    private void edit(String from, String to, String message) throws IOException {
        Path shop = directory.resolve("src/main/java/shop/Shop.java");
        String before = Files.readString(shop);
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new DemoFailed("The example's Shop.java no longer has the line '" + from + "'.");
        }
        Files.writeString(shop, after);
        commits++;
        try (Git git = Git.open(directory.toFile())) {
            commit(git, message, FIRST.plusSeconds(86_400L * commits));
        }
    }

    private void commit(Git git, String message, Instant at) throws IOException {
        PersonIdent developer = new PersonIdent("developer", "developer@example.org", at, ZoneOffset.UTC);
        try {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setAuthor(developer)
                    .setCommitter(developer)
                    .setSign(false)
                    .setMessage(message)
                    .call();
        } catch (GitAPIException e) {
            throw new IOException("git commit failed in " + directory, e);
        }
    }
}
