package shop;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import money.Money;

/** What things cost here, tax included. */
final class Prices {
    private static final Map<String, BigDecimal> NET =
            Map.of("tea", new BigDecimal("4.20"), "cup", new BigDecimal("9.50"), "kettle", new BigDecimal("39.00"));

    private final String currency;
    private final BigDecimal taxPercent;

    Prices(String currency, BigDecimal taxPercent) {
        this.currency = currency;
        this.taxPercent = taxPercent;
    }

    Optional<Money> of(String item) {
        return Optional.ofNullable(NET.get(item)).map(net -> new Money(net, currency).plusPercent(taxPercent));
    }
}
