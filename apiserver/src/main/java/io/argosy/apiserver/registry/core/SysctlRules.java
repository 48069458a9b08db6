package io.argosy.apiserver.registry.core;

import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules of the kernel parameters that a pod sets. */
final class SysctlRules {

    private static final int LONGEST = 253;
    private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("^(" + SEGMENT + "[\\./])*" + SEGMENT + "$");

    /** Parameters of the IPC namespace (ipc_namespaces(7)); the last two as older manifests name them. */
    private static final Set<String> OF_IPC = Set.of(
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced",
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.shm",
            "kernel.msg");

    private SysctlRules() {}

    static void check(Spot spec) {
        Set<String> seen = new HashSet<>();
        for (Spot sysctl : spec.at("securityContext").items("sysctls")) {
            Spot name = sysctl.at("name");
            String text = name.text();
            if (text.isEmpty()) {
                name.required("");
            } else if (text.length() > LONGEST || !NAME.matcher(text).matches()) {
                name.invalid("must have at most " + LONGEST + " characters and match regex " + NAME.pattern());
            } else if (seen.contains(text)) {
                name.duplicate();
            }
            seen.add(text);
            checkNamespace(spec, name, dotted(text));
        }
    }

    private static void checkNamespace(Spot spec, Spot name, String sysctl) {
        if (sysctl.startsWith("net.") && spec.isTrue("hostNetwork")) {
            name.invalid("may not be specified when 'hostNetwork' is true");
        } else if ((OF_IPC.contains(sysctl) || sysctl.startsWith("fs.mqueue.")) && spec.isTrue("hostIPC")) {
            name.invalid("may not be specified when 'hostIPC' is true");
        }
    }

    /** A name whose first separator is a slash has dots and slashes the other way round (sysctl.d(5)). */
    private static String dotted(String name) {
        int slash = name.indexOf('/');
        int dot = name.indexOf('.');
        if (slash < 0 || dot >= 0 && dot < slash) {
            return name;
        }
        StringBuilder turned = new StringBuilder(name.length());
        name.chars().map(c -> c == '/' ? '.' : c == '.' ? '/' : c).forEach(c -> turned.append((char) c));
        return turned.toString();
    }
}
