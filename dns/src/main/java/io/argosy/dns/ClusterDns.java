package io.argosy.dns;

import io.argosy.daemon.lifecycle.DaemonMain;

/** The {@code cluster-dns} executable. */
public final class ClusterDns {

    private ClusterDns() {}

    public static void main(String[] arguments) {
        DaemonMain.main(new DnsProgram(), arguments);
    }
}
