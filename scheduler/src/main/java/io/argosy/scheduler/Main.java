package io.argosy.scheduler;

import io.argosy.daemon.lifecycle.DaemonMain;

/** The {@code kube-scheduler} executable. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        DaemonMain.main(new SchedulerProgram(), arguments);
    }
}
