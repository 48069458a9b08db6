package io.argosy.dns.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where to forward to: {@code ADDRESS}, {@code ADDRESS:PORT}, or a file like {@code /etc/resolv.conf}. */
public final class ResolverAddresses {

    private static final int DNS_PORT = 53;

    private ResolverAddresses() {}

    public static List<InetSocketAddress> parse(List<String> upstreams) throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String upstream : upstreams) {
            if (upstream.startsWith("/")) {
                addresses.addAll(nameServersIn(Path.of(upstream)));
            } else {
                addresses.add(address(upstream));
            }
        }
        return addresses;
    }

    private static List<InetSocketAddress> nameServersIn(Path file) throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= 2 && words[0].equals("nameserver")) {
                addresses.add(new InetSocketAddress(literal(words[1]), DNS_PORT));
            }
        }
        return addresses;
    }

    private static InetSocketAddress address(String text) throws UnknownHostException {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = hasPort ? text.substring(0, colon) : text;
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
        return new InetSocketAddress(literal(host.replace("[", "").replace("]", "")), port);
    }

    private static InetAddress literal(String text) throws UnknownHostException {
        if (!text.matches("[0-9a-fA-F.:%]+")) {
            throw new UnknownHostException("not an address: " + text);
        }
        return InetAddress.getByName(text);
    }
}
