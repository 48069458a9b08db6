package io.argosy.daemon.lifecycle;

/**
 * The time in which a daemon starts: it may wait for a neighbour then, and a signal must end that wait. Afterwards a signal
 * interrupts nobody; the daemon is closed in order.
 */
final class StartPhase {

    private final Thread starting;
    private boolean over;

    StartPhase(Thread starting) {
        this.starting = starting;
    }

    /** Called by the thread that starts, when it has. */
    synchronized void over() {
        over = true;
        // A signal that came at the last moment is not meant for what the thread does next.
        Thread.interrupted();
    }

    /** Interrupts the start, if it is not over. */
    synchronized void breakOff() {
        if (!over) {
            starting.interrupt();
        }
    }
}
