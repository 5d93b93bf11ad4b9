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
        try (Git git = Git.init().setInitialBranch("main").setDirectory(directory.toFile()).call()) {
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
        Path shop = directory.resolve("src/main/java/shop/Shop.java");
        String before = Files.readString(shop);
        String after = before.replace("new BigDecimal(text.replace(',', '.'))", "new BigDecimal(text)")
                .replace("Accepts 19 and 7.7 and, as people write it in some places, 7,7.", "Accepts 19 and 7.7.");
        if (after.equals(before)) {
            throw new DemoFailed("The example's Shop.java no longer has the line that the second commit simplifies.");
        }
        Files.writeString(shop, after);
        try (Git git = Git.open(directory.toFile())) {
            commit(git, "Simplify how taxes are read", FIRST.plusSeconds(86_400));
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
