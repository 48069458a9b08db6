package io.argosy.apiserver.flowcontrol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Shuffle sharding: which few of many queues a flow may use, so that one that floods its own leaves others alone. Pure.
 *
 * <p>Source: Kubernetes page "API Priority and Fairness", section "Queuing".
 */
final class Hand {

    private Hand() {}

    static long hash(String schema, String flow) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(schema.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) ',');
            digest.update(flow.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest.digest())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As many different cards of a deck as fit into the hand, chosen by a hash. */
    static int[] deal(long hash, int deck, int size) {
        int[] hand = new int[Math.min(size, deck)];
        int[] dealt = new int[0];
        long rest = hash;
        for (int i = 0; i < hand.length; i++) {
            int card = (int) Long.remainderUnsigned(rest, deck - i);
            rest = Long.divideUnsigned(rest, deck - i);
            for (int other : dealt) {
                if (card >= other) {
                    card++;
                }
            }
            hand[i] = card;
            dealt = Arrays.copyOf(dealt, i + 1);
            dealt[i] = card;
            Arrays.sort(dealt);
        }
        return hand;
    }
}
