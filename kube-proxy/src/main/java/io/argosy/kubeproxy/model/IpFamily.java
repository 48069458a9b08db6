package io.argosy.kubeproxy.model;

/** The two families; each has rules of its own. */
public enum IpFamily {
    IPV4("IPv4", "ip", "ipv4_addr", 32),
    IPV6("IPv6", "ip6", "ipv6_addr", 128);

    private final String apiName;
    private final String nftName;
    private final String nftType;
    private final int bits;

    IpFamily(String apiName, String nftName, String nftType, int bits) {
        this.apiName = apiName;
        this.nftName = nftName;
        this.nftType = nftType;
        this.bits = bits;
    }

    public String apiName() {
        return apiName;
    }

    /** The nftables family, which is also how its addresses are named in rules. */
    public String nftName() {
        return nftName;
    }

    public String nftType() {
        return nftType;
    }

    public int bits() {
        return bits;
    }

    /** The family of an address or CIDR in text form. */
    public static IpFamily of(String address) {
        return address.indexOf(':') >= 0 ? IPV6 : IPV4;
    }

    public boolean has(String address) {
        return !address.isEmpty() && of(address) == this;
    }
}
