package io.argosy.deploy.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemdUnitsTest {

    @Test
    void aDaemonOfContainersLeavesThemWhenItStops() {
        String unit = SystemdUnits.text(new Daemon(
                "kubelet", List.of("/bin/kubelet", "--a=b c", "--c=100%"), "", true, true, Optional.of("containerd")));
        assertTrue(unit.contains("KillMode=process\n"), unit);
        assertTrue(unit.contains("Delegate=yes\n"), unit);
        assertTrue(unit.contains("After=argosy-containerd.service\n"), unit);
        assertTrue(unit.contains("ExecStart=/bin/kubelet \\\n    \"--a=b c\" \\\n    --c=100%%\n"), unit);
    }

    @Test
    void aPlainDaemonTakesItsChildrenAlong() {
        String unit =
                SystemdUnits.text(new Daemon("etcd", List.of("/usr/bin/etcd"), "", false, false, Optional.empty()));
        assertFalse(unit.contains("KillMode"), unit);
        assertEquals("argosy-etcd.service", SystemdUnits.name("etcd"));
    }
}
