package io.argosy.kubeproxy.conntrack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConntrackSettingsTest {

    @TempDir
    private Path folder;

    private ConntrackSettings settings() throws IOException {
        for (String name : List.of(
                "max",
                "tcp_timeout_established",
                "tcp_timeout_close_wait",
                "tcp_be_liberal",
                "udp_timeout",
                "udp_timeout_stream")) {
            Files.writeString(folder.resolve("nf_conntrack_" + name), "7\n");
        }
        Files.writeString(folder.resolve("hashsize"), "10\n");
        return new ConntrackSettings(folder, folder.resolve("hashsize"));
    }

    private String value(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    @Test
    void theLimitGrowsWithTheCoresBetweenTheLeastAndAMillion() {
        assertEquals(131072, ConntrackSettings.most(32768, 131072, 2));
        assertEquals(262144, ConntrackSettings.most(32768, 131072, 8));
        assertEquals(1 << 20, ConntrackSettings.most(32768, 131072, 256));
        assertEquals(0, ConntrackSettings.most(0, 131072, 8));
    }

    @Test
    void aLargerTableGetsMoreBuckets() throws Exception {
        settings().limit(400);
        assertEquals("400", value("nf_conntrack_max"));
        assertEquals("100", value("hashsize"));
        settings().limit(20);
        assertEquals("10", value("hashsize"));
    }

    @Test
    void zeroLeavesASettingAsItIs() throws Exception {
        settings().limit(0);
        settings().timeouts(Duration.ofHours(24), Duration.ZERO, false, Duration.ZERO, Duration.ofMinutes(2));
        assertEquals("7", value("nf_conntrack_max"));
        assertEquals("86400", value("nf_conntrack_tcp_timeout_established"));
        assertEquals("7", value("nf_conntrack_tcp_timeout_close_wait"));
        assertEquals("7", value("nf_conntrack_tcp_be_liberal"));
        assertEquals("7", value("nf_conntrack_udp_timeout"));
        assertEquals("120", value("nf_conntrack_udp_timeout_stream"));
    }

    @Test
    void aKernelWithoutConnectionTrackingIsAFault() {
        ConntrackSettings none = new ConntrackSettings(folder.resolve("none"), folder.resolve("none"));
        assertThrows(IOException.class, () -> none.limit(400));
    }
}
