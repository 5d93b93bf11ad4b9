package dev.waybill.server.ui;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.garbage.Garbage;
import dev.waybill.server.identity.Token;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.page.RegistryPage;
import dev.waybill.server.quota.OpenUploads;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.traffic.RateLimits;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What whoever runs the server sees of the registry. */
public interface Yard {
    /** Rows of each list on the page. */
    int MOST = 100;

    RegistryPage look() throws IOException;

    /**
     * @param garbage what is stored and goes
     * @param free bytes that the disk has left
     */
    record Ground(Garbage garbage, Registry registry, Tokens tokens, RateLimits limits, LongSupplier free) {}

    static Yard of(Ground ground) {
        return () -> new RegistryPage(
                ground.garbage().overview(MOST),
                ground.garbage().terms(),
                uploads(ground),
                ground.limits().refused(MOST),
                ground.free().getAsLong());
    }

    /** An upload carries marks alone; whose they are is known from the names that there are. */
    private static RegistryPage.Uploads uploads(Ground ground) throws IOException {
        Map<String, String> repositories = new HashMap<>();
        for (ApplicationName name : ground.registry().contents().repositories()) {
            repositories.put(OpenUploads.mark(name.value()), name.value());
        }
        Map<String, String> accounts = new HashMap<>();
        for (Token token : ground.tokens().all()) {
            String name = token.actor().name().value();
            accounts.put(OpenUploads.mark(name), name);
        }
        List<BlobStore.Open> open = ground.registry().uploads().all();
        List<RegistryPage.OnItsWay> shown = open.stream()
                .limit(MOST)
                .map(one -> new RegistryPage.OnItsWay(
                        repositories.getOrDefault(OpenUploads.repository(one.id()), "a new repository"),
                        OpenUploads.account(one.id()).map(accounts::get).orElse("an account without a token now"),
                        one.size(),
                        one.touched()))
                .toList();
        return new RegistryPage.Uploads(
                open.size(), open.stream().mapToLong(BlobStore.Open::size).sum(), shown);
    }
}
