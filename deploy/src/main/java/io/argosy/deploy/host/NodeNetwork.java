package io.argosy.deploy.host;

import java.util.List;

/** The kernel's side of a node's network: forwarding, and pods' traffic to the outside under the node's address. */
public final class NodeNetwork {

    private static final String TABLE = "argosy";

    private final Ledger ledger;
    private final Sysctls sysctls;

    public NodeNetwork(Ledger ledger, Sysctls sysctls) {
        this.ledger = ledger;
        this.sysctls = sysctls;
    }

    /** @param podRange addresses that stay as they are between pods, and are masqueraded to everywhere else */
    public void prepare(String podRange, String bridge) {
        sysctls.set("net/ipv4/ip_forward", "1");
        sysctls.set("net/bridge/bridge-nf-call-iptables", "1");
        sysctls.raise("fs/inotify/max_user_instances", 8192);
        sysctls.raise("fs/inotify/max_user_watches", 524_288);
        ledger.record(Ledger.Kind.LINK, bridge, "");
        ledger.record(Ledger.Kind.TABLE, "ip " + TABLE, "");
        String rules = """
                add table ip %1$s
                delete table ip %1$s
                table ip %1$s {
                  chain outgoing {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr %2$s ip daddr != %2$s ip daddr != 224.0.0.0/4 masquerade fully-random
                  }
                  chain forwarding {
                    type filter hook forward priority filter - 1; policy accept;
                    iifname "%3$s" accept
                    oifname "%3$s" accept
                  }
                }
                """.formatted(TABLE, podRange, bridge);
        if (!Command.run("nft", "list", "table", "ip", TABLE).ok()) {
            Command.Result result = Command.run(List.of("nft", "-f", "-"), rules);
            if (!result.ok()) {
                throw new IllegalStateException("nft refused the node's rules: " + result.output());
            }
        }
    }
}
