/** Rules brought into the kernel by nft, a whole change in one transaction. */
@NullMarked
package io.argosy.kubeproxy.nftables;

import org.jspecify.annotations.NullMarked;
