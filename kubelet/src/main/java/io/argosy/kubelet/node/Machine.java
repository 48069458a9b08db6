package io.argosy.kubelet.node;

import io.argosy.daemon.kernel.KernelSetting;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts of the host, as the kernel tells them. */
public record Machine(
        int cpus,
        long memoryBytes,
        Map<String, Long> hugePages,
        long pids,
        String machineId,
        String systemUuid,
        String bootId,
        String kernel,
        String osImage,
        boolean swap) {

    public static Machine read() throws IOException {
        long memory = 0;
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                memory = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        boolean swap = Files.readAllLines(Path.of("/proc/swaps")).size() > 1;
        return new Machine(
                countCpus(),
                memory,
                countHugePages(),
                pidMax(),
                text("/etc/machine-id")
                        .or(() -> text("/var/lib/dbus/machine-id"))
                        .orElse(""),
                text("/sys/class/dmi/id/product_uuid")
                        .or(() -> text("/etc/machine-id"))
                        .orElse(""),
                text("/proc/sys/kernel/random/boot_id").orElse(""),
                text("/proc/sys/kernel/osrelease").orElse(""),
                osRelease(),
                swap);
    }

    private static int countCpus() throws IOException {
        long count = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(l -> l.startsWith("processor"))
                .count();
        return count > 0 ? (int) count : Runtime.getRuntime().availableProcessors();
    }

    private static Map<String, Long> countHugePages() throws IOException {
        Map<String, Long> out = new LinkedHashMap<>();
        Path root = Path.of("/sys/kernel/mm/hugepages");
        if (!Files.isDirectory(root)) {
            return out;
        }
        try (Stream<Path> sizes = Files.list(root)) {
            for (Path size : (Iterable<Path>) sizes.sorted()::iterator) {
                long kib = Long.parseLong(size.getFileName().toString().replaceAll("\\D", ""));
                long count = Long.parseLong(
                        text(size.resolve("nr_hugepages").toString()).orElse("0"));
                String name = kib % (1024 * 1024) == 0 ? kib / (1024 * 1024) + "Gi" : kib / 1024 + "Mi";
                out.put("hugepages-" + name, count * kib * 1024);
            }
        }
        return out;
    }

    private static String osRelease() throws IOException {
        Path release =
                Files.exists(Path.of("/etc/os-release")) ? Path.of("/etc/os-release") : Path.of("/usr/lib/os-release");
        if (!Files.exists(release)) {
            return "Unknown";
        }
        return Files.readAllLines(release).stream()
                .filter(l -> l.startsWith("PRETTY_NAME="))
                .map(l -> l.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Unknown");
    }

    /** The address of the interface that the default route uses; the first that is no loopback without one. */
    public static String defaultAddress() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/net/route"))) {
            String[] fields = line.split("\\s+");
            if (fields.length > 2 && fields[1].equals("00000000")) {
                Optional<String> address = address(NetworkInterface.getByName(fields[0]));
                if (address.isPresent()) {
                    return address.get();
                }
            }
        }
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            Optional<String> address = each.isLoopback() || !each.isUp() ? Optional.empty() : address(each);
            if (address.isPresent()) {
                return address.get();
            }
        }
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    private static Optional<String> address(NetworkInterface device) {
        if (device == null) {
            return Optional.empty();
        }
        return device.getInterfaceAddresses().stream()
                .map(InterfaceAddress::getAddress)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    /** Bytes of the file system that holds a path. */
    public static long diskBytes(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        return store.getTotalSpace();
    }

    private static long pidMax() {
        try {
            return Long.parseLong(KernelSetting.read(Path.of("/proc/sys/kernel/pid_max")));
        } catch (IOException e) {
            return 32768;
        }
    }

    private static Optional<String> text(String path) {
        try {
            String text = Files.readString(Path.of(path)).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
