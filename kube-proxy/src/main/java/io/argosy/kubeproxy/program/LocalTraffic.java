package io.argosy.kubeproxy.program;

import io.argosy.kubeproxy.model.IpFamily;

/**
 * How a rule knows traffic of this node's pods; both texts are empty when there is no way to know, and then nothing counts
 * as from outside.
 *
 * @param match what such traffic matches
 * @param mismatch what all other traffic matches
 */
public record LocalTraffic(String match, String mismatch) {

    public static LocalTraffic unknown() {
        return new LocalTraffic("", "");
    }

    /** Traffic from addresses of a range. */
    public static LocalTraffic from(IpFamily family, String range) {
        return range.isEmpty() ? unknown() : of(family.nftName() + " saddr", range);
    }

    /** Traffic that comes in through an interface. */
    public static LocalTraffic through(String name) {
        return of("iifname", '"' + name + '"');
    }

    /** Traffic that comes in through any interface whose name begins so. */
    public static LocalTraffic throughAny(String prefix) {
        return of("iifname", '"' + prefix + "*\"");
    }

    private static LocalTraffic of(String what, String value) {
        return new LocalTraffic(what + " " + value, what + " != " + value);
    }

    boolean known() {
        return !match.isEmpty();
    }
}
