package io.argosy.deploy.command;

/** What the command tells its caller. */
final class ExitCodes {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNHEALTHY = 3;
    static final int NEEDS_ROOT = 4;

    private ExitCodes() {}
}
