package money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount in one currency. The library that the shop depends on. */
public record Money(BigDecimal amount, String currency) {
    public Money {
        amount = amount.setScale(2, RoundingMode.HALF_UP);
    }

    public Money plusPercent(BigDecimal percent) {
        return new Money(amount.add(amount.multiply(percent).movePointLeft(2)), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
