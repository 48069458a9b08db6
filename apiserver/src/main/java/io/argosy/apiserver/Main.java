package io.argosy.apiserver;

import io.argosy.apiserver.server.ApiServerProgram;
import io.argosy.daemon.lifecycle.DaemonMain;

/** The executable {@code kube-apiserver}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        DaemonMain.main(new ApiServerProgram(), arguments);
    }
}
