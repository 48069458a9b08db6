package io.argosy.apiserver.registry.service;

import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Gives the ports of {@code --service-node-port-range} to Services. */
public final class NodePorts {

    private final PortLedger ledger;
    private final int first;
    private final int size;
    private final RandomGenerator random;

    public NodePorts(PortLedger ledger, int first, int size, RandomGenerator random) {
        this.ledger = ledger;
        this.first = first;
        this.size = size;
        this.random = random;
    }

    /** Takes a port; tells why when it cannot. */
    Optional<String> take(int port, boolean dryRun) {
        int bit = port - first;
        if (bit < 0 || bit >= size) {
            return Optional.of("provided port is not in the valid range. The range of valid ports is " + first + "-"
                    + (first + size - 1));
        }
        AtomicBoolean fresh = new AtomicBoolean();
        change(dryRun, taken -> {
            fresh.set(!taken.get(bit));
            taken.set(bit);
        });
        return fresh.get() ? Optional.empty() : Optional.of("provided port is already allocated");
    }

    /** Takes any free port; empty when all are taken. */
    Optional<Integer> takeAny(boolean dryRun) {
        AtomicInteger chosen = new AtomicInteger(-1);
        int start = random.nextInt(size);
        change(dryRun, taken -> {
            chosen.set(free(taken, start));
            if (chosen.get() >= 0) {
                taken.set(chosen.get());
            }
        });
        return chosen.get() < 0 ? Optional.empty() : Optional.of(first + chosen.get());
    }

    private void change(boolean dryRun, Consumer<BitSet> change) {
        if (dryRun) {
            change.accept((BitSet) ledger.read().taken().clone());
            return;
        }
        ledger.change(ports -> {
            BitSet taken = (BitSet) ports.taken().clone();
            change.accept(taken);
            return new PortLedger.Ports(ports.first(), ports.size(), taken);
        });
    }

    /** A free bit: outside the band for those who ask by number, where there is one. */
    private int free(BitSet taken, int start) {
        int fixed = size < 16 ? 0 : Math.min(Math.max(16, size / 32), 128);
        int dynamic = size - fixed;
        for (int i = 0; i < dynamic; i++) {
            int bit = fixed + (start + i) % dynamic;
            if (!taken.get(bit)) {
                return bit;
            }
        }
        int bit = taken.nextClearBit(0);
        return bit < fixed ? bit : -1;
    }

    void release(int port) {
        int bit = port - first;
        if (bit < 0 || bit >= size) {
            return;
        }
        change(false, taken -> taken.clear(bit));
    }
}
