package io.argosy.deploy.command;

/** Whether a person sits at the other end. */
final class Terminal {

    private Terminal() {}

    /** A runtime without its console module has no console at all where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean present() {
        return System.console() != null && System.console().isTerminal();
    }
}
