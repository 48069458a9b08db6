package io.argosy.controllermanager;

import io.argosy.controllermanager.manager.ManagerProgram;
import io.argosy.daemon.lifecycle.DaemonMain;

/** The executable {@code kube-controller-manager}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        DaemonMain.main(new ManagerProgram(), args);
    }
}
