package io.argosy.kubelet;

import io.argosy.daemon.lifecycle.DaemonMain;

/** The executable. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        DaemonMain.main(new KubeletProgram(), args);
    }
}
