package io.argosy.kubeproxy.nftables;

import io.argosy.kubeproxy.program.Ruleset;
import io.argosy.kubeproxy.program.RulesetChange;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table in the kernel. It remembers what it put there; after a start, or when the kernel refuses a difference (somebody
 * else changed the table), it puts the whole table anew in one transaction. Used by one thread.
 */
public final class NftTable {

    private static final Logger LOG = LoggerFactory.getLogger(NftTable.class);

    private final Nft nft;
    private Optional<Ruleset> present = Optional.empty();

    public NftTable(Nft nft) {
        this.nft = nft;
    }

    /** What a call changed. */
    public enum Applied {
        NOTHING,
        DIFFERENCE,
        WHOLE
    }

    /**
     * Makes the kernel's table {@code wanted}.
     *
     * @throws IOException when the kernel refuses it; the former rules stay in force
     */
    public Applied apply(Ruleset wanted) throws IOException {
        if (present.isPresent()) {
            String change = RulesetChange.between(present.get(), wanted);
            if (change.isEmpty()) {
                return Applied.NOTHING;
            }
            try {
                nft.run(change);
                present = Optional.of(wanted);
                return Applied.DIFFERENCE;
            } catch (IOException e) {
                LOG.warn("the kernel refused a difference, putting the whole table family={}", wanted.family(), e);
                present = Optional.empty();
            }
        }
        nft.run(RulesetChange.anew(wanted));
        present = Optional.of(wanted);
        return Applied.WHOLE;
    }

    /** Whether the table is still in the kernel; when not, the next {@link #apply} puts it whole. */
    public boolean check() throws IOException {
        if (present.isEmpty()) {
            return false;
        }
        boolean there = nft.hasTable(present.get().family(), Ruleset.TABLE);
        if (!there) {
            present = Optional.empty();
        }
        return there;
    }
}
