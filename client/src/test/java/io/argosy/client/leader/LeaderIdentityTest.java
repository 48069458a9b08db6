package io.argosy.client.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeaderIdentityTest {

    private static String at(String place, String address, int port) {
        return LeaderIdentity.of("node1", place, address, port, UUID::randomUUID);
    }

    @Test
    void whoeverBindsTheSamePortAgainIsTheSame() {
        assertEquals(at("boot net", "127.0.0.1", 10259), at("boot net", "127.0.0.1", 10259));
        assertTrue(at("boot net", "127.0.0.1", 10259).startsWith("node1_"));
    }

    @Test
    void whoeverMayRunBesideIsAnother() {
        String one = at("boot net", "127.0.0.1", 10259);
        assertNotEquals(one, at("boot net", "127.0.0.2", 10259));
        assertNotEquals(one, at("boot net", "127.0.0.1", 10260));
        assertNotEquals(one, at("boot other", "127.0.0.1", 10259));
        assertNotEquals(at("boot net", "127.0.0.1", 0), at("boot net", "127.0.0.1", 0));
    }
}
