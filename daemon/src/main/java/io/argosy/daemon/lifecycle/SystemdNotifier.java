package io.argosy.daemon.lifecycle;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how a service is, by datagrams to the socket that {@code NOTIFY_SOCKET} names (sd_notify(3)). Does
 * nothing when the service was not started by systemd. A failure is logged and never stops the daemon.
 */
public final class SystemdNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MAX_PATH = 108;

    private final Optional<String> socket;

    public SystemdNotifier(Optional<String> socket) {
        this.socket = socket.filter(path -> !path.isEmpty());
    }

    public static SystemdNotifier fromEnvironment() {
        return new SystemdNotifier(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
    }

    /** @param state for example {@code READY=1} */
    public void notify(String state) {
        socket.ifPresent(path -> {
            try {
                send(path, state.getBytes(StandardCharsets.UTF_8));
            } catch (Throwable e) {
                LOG.warn("systemd notification failed socket={} state={}", path, state, e);
            }
        });
    }

    private static void send(String path, byte[] message) throws Throwable {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length >= MAX_PATH) {
            throw new IllegalArgumentException("socket path is longer than " + (MAX_PATH - 1) + " bytes");
        }
        MethodHandle socket = function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        MethodHandle sendto = function(
                "sendto",
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
        MethodHandle close = function("close", ValueLayout.JAVA_INT);
        int fd = (int) (long) socket.invokeWithArguments(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
        if (fd < 0) {
            throw new IllegalStateException("socket(2) failed");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(2 + MAX_PATH);
            address.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
            if (name[0] == '@') {
                address.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
            }
            int length = 2 + name.length + (name[0] == '@' ? 0 : 1);
            MemorySegment body = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            long sent = (long) sendto.invokeWithArguments(fd, body, (long) message.length, 0, address, length);
            if (sent != message.length) {
                throw new IllegalStateException("sendto(2) failed");
            }
        } finally {
            close.invokeWithArguments(fd);
        }
    }

    @SuppressWarnings("restricted") // socket(2), sendto(2) and close(2) with the arguments they take
    private static MethodHandle function(String name, java.lang.foreign.MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments));
    }
}
