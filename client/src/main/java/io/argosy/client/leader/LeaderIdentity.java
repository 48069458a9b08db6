package io.argosy.client.leader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The name under which a candidate holds a lease: {@code HOSTNAME_UUID}, as others write it too.
 *
 * <p>A process that has bound its port is the only one of its kind there. Its UUID is made from this boot of the machine,
 * the network namespace and the address, so that the process that comes after a crash finds the lease to be its own and
 * goes on, where a new name would have to wait until the lease has run out. Ask for it only when the port is bound.
 */
public final class LeaderIdentity {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NETWORK = Path.of("/proc/self/ns/net");

    private LeaderIdentity() {}

    /** @param port that this process has bound at {@code address}; 0 for none: then the name is a new one each time */
    public static String of(String address, int port) {
        try {
            String host = Files.readString(HOST_NAME).strip();
            String place = Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NETWORK);
            return of(host, place, address, port, UUID::randomUUID);
        } catch (IOException e) {
            return of("localhost", "", address, 0, UUID::randomUUID);
        }
    }

    static String of(String host, String place, String address, int port, Supplier<UUID> unique) {
        UUID uuid = port == 0
                ? unique.get()
                : UUID.nameUUIDFromBytes((place + " " + address + " " + port).getBytes(StandardCharsets.UTF_8));
        return host + "_" + uuid;
    }
}
