package io.argosy.dns;

import io.argosy.daemon.lifecycle.DaemonMain;

/** The {@code cluster-dns} executable. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        DaemonMain.main(new DnsProgram(), arguments);
    }
}
