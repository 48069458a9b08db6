package io.argosy.apimodel.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0.0,0",
        "-0,0",
        "0Ki,0",
        "1,1",
        "+1,1",
        "1000,1k",
        "1500,1500",
        "1000000,1M",
        "0.5,500m",
        "0.001,1m",
        "0.0001,100u",
        "0.0000000001,1n",
        "1n,1n",
        "0.1n,1n",
        "-0.1n,-1n",
        "100m,100m",
        "1000m,1",
        "1.5,1500m",
        "1Ki,1Ki",
        "1024Ki,1Mi",
        "1024,1024",
        "1000Ki,1000Ki",
        "0.5Gi,512Mi",
        "0.5Ki,512",
        "1.1Ki,1126400m",
        "1e3,1e3",
        "1E3,1e3",
        "1.5e3,1500",
        "12e6,12e6",
        "1e-3,1e-3",
        "5E,5E",
        "1000P,1E",
        "1000E,9223372036854775807",
        "9223372036854775808,9223372036854775807",
        "-9223372036854775808,-9223372036854775807",
        "0.1Ki,102400m",
        "2000Mi,2000Mi",
        "8Ei,9223372036854775807",
        "1.,1",
        ".5,500m",
        "100Mi,100Mi",
        "123456789012k,123456789012k"
    })
    void hasOneForm(String text, String canonical) {
        assertEquals(canonical, Quantity.parse(text).toString());
        assertEquals(canonical, Quantity.parse(canonical).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1Q", "1.1.1", "1 ", " 1", "1ki", "--1", "1mm", "1e", "0x1", "1Kii", ".", "1,5"})
    void refusesOthers(String text) {
        assertThrows(Quantity.QuantityException.class, () -> Quantity.parse(text));
    }

    @Test
    void countsUp() {
        assertEquals(1, Quantity.parse("100m").value());
        assertEquals(-1, Quantity.parse("-100m").value());
        assertEquals(1501, Quantity.parse("1500100u").milliValue());
        assertEquals("1500m", Quantity.parse("1").plus(Quantity.parse("500m")).toString());
        assertEquals("1Gi", Quantity.parse("512Mi").times(2).toString());
        assertTrue(Quantity.parse("1Gi").compareTo(Quantity.parse("1G")) > 0);
        assertTrue(Quantity.parse("1").sameAmount(Quantity.parse("1000m")));
    }

    @Test
    void hugeTextsCostNothing() {
        assertEquals("9223372036854775807", Quantity.parse("1e999999999").toString());
        assertEquals("1e-9", Quantity.parse("1e-999999999").toString());
        assertThrows(Quantity.QuantityException.class, () -> Quantity.parse("9".repeat(1_000_000)));
    }
}
