package io.argosy.kubeproxy;

import io.argosy.daemon.lifecycle.DaemonMain;

/** The {@code kube-proxy} executable. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        DaemonMain.main(new ProxyProgram(), arguments);
    }
}
