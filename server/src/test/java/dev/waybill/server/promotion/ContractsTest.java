package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.policy.Request;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.history.Facts;
import dev.waybill.server.history.Histories;
import dev.waybill.server.history.Targets;
import dev.waybill.server.release.Releases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What judging remembers of artifacts is bounded. */
class ContractsTest {
    @TempDir
    Path data;

    @Test
    void what_an_artifact_declares_is_read_once_and_again_when_very_many_others_were_asked_for_since() {
        try (Database database = TestDatabases.sqlite(data).open()) {
            Shop shop = new Shop(database, data);
            LedgerCargo cargo = new LedgerCargo(shop.ledger);
            Targets targets = new Targets();
            Histories histories = new Histories(shop.ledger, new Facts(shop.ledger), targets);
            Judging judging = new Judging(
                    cargo, shop.pipelines, shop.configurations, new Releases(), new Judging.Movers(histories, targets));

            judging.contract(request(0));
            judging.contract(request(0));
            assertThat(cargo.asked).isEqualTo(1);
            for (int n = 1; n <= Judging.CONTRACTS; n++) {
                judging.contract(request(n));
            }
            judging.contract(request(Judging.CONTRACTS));
            assertThat(cargo.asked).isEqualTo(Judging.CONTRACTS + 1);

            judging.contract(request(0));
            assertThat(cargo.asked).isEqualTo(Judging.CONTRACTS + 2);
        }
    }

    private static Request request(int number) {
        Digest digest = Digest.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
        return new Request(
                "0123456789abcdef",
                Shop.STAGING,
                digest,
                new ActorName("operator"),
                List.of(),
                new Shop.Time().instant());
    }
}
