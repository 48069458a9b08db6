package io.argosy.kubeproxy.model;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/** The two families; each has rules of its own. */
public enum IpFamily {
    IPV4("IPv4", "ip", "ipv4_addr", 32),
    IPV6("IPv6", "ip6", "ipv6_addr", 128);

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern DOTTED_QUAD = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern PREFIX_LENGTH = Pattern.compile("\\d{1,3}");

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

    /** Whether a text is an address or a CIDR of this family: never a name, {@code None} or something made to look like a rule. */
    public boolean has(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return isAddress(address) && (slash < 0 || isPrefixLength(text.substring(slash + 1)));
    }

    private boolean isAddress(String text) {
        if (this == IPV4) {
            return DOTTED_QUAD.matcher(text).matches();
        }
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0) {
            return false;
        }
        try {
            return Inet6Address.ofLiteral(text) != null;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private boolean isPrefixLength(String text) {
        return PREFIX_LENGTH.matcher(text).matches() && Integer.parseInt(text) <= bits;
    }
}
