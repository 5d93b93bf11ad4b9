package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopTest {
    private static final Map<String, String> CONFIGURED =
            Map.of("CURRENCY", "EUR", "TAX_PERCENT", "19", "PAYMENT_KEY", "a-test-key");

    @Test
    void a_price_includes_the_tax() {
        assertEquals("5.00 EUR", new Shop(CONFIGURED).prices().of("tea").orElseThrow().toString());
    }

    @Test
    void an_unknown_item_has_no_price() {
        assertTrue(new Shop(CONFIGURED).prices().of("coffee").isEmpty());
    }

    @Test
    void a_tax_may_have_decimals() {
        assertEquals(new BigDecimal("7.7"), Shop.tax("7.7"));
    }

    @Test
    void a_shop_without_a_payment_key_is_not_well() {
        assertEquals(500, new Shop(Map.of("CURRENCY", "EUR", "TAX_PERCENT", "19")).health().status());
        assertEquals(200, new Shop(CONFIGURED).health().status());
    }
}
