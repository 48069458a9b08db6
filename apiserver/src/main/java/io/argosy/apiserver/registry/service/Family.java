package io.argosy.apiserver.registry.service;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** An IP family as Services name it. */
public enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String text;

    Family(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    Family other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    static Optional<Family> of(String name) {
        return IPV4.text.equals(name)
                ? Optional.of(IPV4)
                : IPV6.text.equals(name) ? Optional.of(IPV6) : Optional.empty();
    }

    static Family of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }
}
