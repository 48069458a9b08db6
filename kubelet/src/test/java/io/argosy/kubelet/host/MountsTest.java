package io.argosy.kubelet.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountsTest {

    private static final List<String> TABLE = List.of(
            "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
            "30 27 0:24 / /var rw,relatime - ext4 /dev/vdb rw,shared:9",
            "31 30 0:25 / /var/lib/with\\040space rw shared:4 master:2 - tmpfs tmpfs rw",
            "32 30 0:26 / /var/slave rw master:1 - tmpfs tmpfs rw",
            "33 30 0:27 / /var/twice rw - tmpfs tmpfs rw",
            "34 33 0:28 / /var/twice rw shared:7 - tmpfs tmpfs rw");

    @Test
    void aPathLiesOnTheLastMountAtItOrAboveIt() {
        assertEquals(carrier("/", true), Mounts.Carrier.of(Path.of("/etc"), TABLE));
        assertEquals(carrier("/var", false), Mounts.Carrier.of(Path.of("/var/lib/kubelet"), TABLE));
        assertEquals(carrier("/var", false), Mounts.Carrier.of(Path.of("/var/slaves"), TABLE));
        assertEquals(
                carrier("/var/lib/with space", true), Mounts.Carrier.of(Path.of("/var/lib/with space/deep"), TABLE));
        assertEquals(carrier("/var/slave", false), Mounts.Carrier.of(Path.of("/var/slave"), TABLE));
        assertEquals(carrier("/var/twice", true), Mounts.Carrier.of(Path.of("/var/twice"), TABLE));
    }

    private static Mounts.Carrier carrier(String point, boolean shared) {
        return new Mounts.Carrier(Path.of(point), shared);
    }
}
