package io.argosy.apiserver.registry.service;

import java.util.BitSet;
import java.util.function.UnaryOperator;

/** Which ports of the range are taken, kept where all servers see it. */
public interface PortLedger {

    /** @param first the port of bit 0 */
    record Ports(int first, int size, BitSet taken) {}

    /**
     * Changes the set; the change is applied again when another writer was faster. A change that returns an equal set
     * writes nothing.
     */
    Ports change(UnaryOperator<Ports> change);

    Ports read();
}
