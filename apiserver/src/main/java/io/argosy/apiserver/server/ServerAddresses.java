package io.argosy.apiserver.server;

import io.argosy.apiserver.registry.service.AddressRange;
import io.argosy.apiserver.registry.service.Family;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** Addresses and ports that follow from a server's configuration. */
final class ServerAddresses {

    private ServerAddresses() {}

    /** First port and count of {@code 30000-32767}. */
    static int[] portRange(String text) {
        int dash = text.indexOf('-');
        int first = Integer.parseInt(text.substring(0, dash));
        return new int[] {first, Integer.parseInt(text.substring(dash + 1)) - first + 1};
    }

    /** The first usable address of a range, which the {@code kubernetes} Service gets. */
    static String first(AddressRange range) throws IOException {
        byte[] bytes = range.base().add(BigInteger.ONE).toByteArray();
        int length = range.family() == Family.IPV4 ? 4 : 16;
        byte[] whole = new byte[length];
        for (int i = 0; i < length && i < bytes.length; i++) {
            whole[length - 1 - i] = bytes[bytes.length - 1 - i];
        }
        return InetAddress.getByAddress(whole).getHostAddress();
    }

    /** The address that others reach this server at: as given, or the first that is not local. */
    static String advertised(ServerConfig config) throws IOException {
        if (!config.serving().advertiseAddress().isEmpty()) {
            return config.serving().advertiseAddress();
        }
        InetAddress bound = InetAddress.getByName(config.serving().bindAddress());
        if (!bound.isAnyLocalAddress()) {
            return bound.getHostAddress();
        }
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("127.0.0.1");
    }
}
