package io.argosy.deploy.host;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts about this machine. */
public final class Machine {

    private static final Pattern SOURCE = Pattern.compile("\\bsrc (\\S+)");

    private Machine() {}

    /** The node's name: the host name in lower case, as the kubelet takes it. */
    public static String nodeName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The address that traffic of this machine leaves from, or the first that is not loopback. */
    public static Optional<String> address() {
        Matcher source = SOURCE.matcher(
                Command.run("ip", "-4", "route", "get", "198.51.100.1").output());
        if (source.find()) {
            return Optional.of(source.group(1));
        }
        try {
            for (NetworkInterface link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(link.getInetAddresses())) {
                    if (address instanceof Inet4Address && !address.isLoopbackAddress() && link.isUp()) {
                        return Optional.of(address.getHostAddress());
                    }
                }
            }
        } catch (SocketException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Optional.empty();
    }

    public static boolean systemdIsInit() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    /** Whether this process may raise OOM scores' opposite: without CAP_SYS_RESOURCE containerd must not try. */
    public static boolean mayLowerOomScores() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    long capabilities = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                    return (capabilities & (1L << 24)) != 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static boolean unifiedCgroups() {
        return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    }

    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
