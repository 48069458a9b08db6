package io.argosy.apiserver.registry.volume;

import io.argosy.apimodel.meta.Names;
import io.argosy.apiserver.registry.check.Spot;

/** The names of CSI drivers. */
public final class DriverNames {

    private static final int LONGEST_DRIVER = 63;

    private DriverNames() {}

    /** A DNS subdomain of at most {@value #LONGEST_DRIVER} characters. */
    public static void check(Spot name) {
        name.name(Names::dns1123Subdomain);
        if (name.text().length() > LONGEST_DRIVER) {
            name.tooLong(LONGEST_DRIVER);
        }
    }
}
