package io.argosy.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HandTest {

    @Test
    void aHandHasDifferentCardsOfTheDeck() {
        for (int i = 0; i < 1000; i++) {
            int[] hand = Hand.deal(Hand.hash("schema", "flow-" + i), 128, 6);
            assertEquals(6, Arrays.stream(hand).distinct().count());
            assertTrue(Arrays.stream(hand).allMatch(card -> card >= 0 && card < 128));
        }
    }

    @Test
    void aFlowAlwaysHasTheSameHandAndOthersHaveOthers() {
        assertArrayEquals(Hand.deal(Hand.hash("a", "x"), 128, 6), Hand.deal(Hand.hash("a", "x"), 128, 6));
        assertNotEquals(
                Arrays.toString(Hand.deal(Hand.hash("a", "x"), 128, 6)),
                Arrays.toString(Hand.deal(Hand.hash("a", "y"), 128, 6)));
        assertNotEquals(Hand.hash("a", "x"), Hand.hash("b", "x"));
    }

    @Test
    void allCardsAreUsedAlike() {
        int[] dealt = new int[16];
        for (int i = 0; i < 16_000; i++) {
            for (int card : Hand.deal(Hand.hash("schema", "flow-" + i), 16, 4)) {
                dealt[card]++;
            }
        }
        for (int number : dealt) {
            assertTrue(number > 3_700 && number < 4_300, Arrays.toString(dealt));
        }
    }

    @Test
    void aSmallDeckIsDealtWhole() {
        assertEquals(2, Hand.deal(-1, 2, 6).length);
    }
}
