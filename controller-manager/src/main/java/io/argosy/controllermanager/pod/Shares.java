package io.argosy.controllermanager.pod;

import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** Numbers that may be given as a share. */
public final class Shares {

    private Shares() {}

    /**
     * The number, or the share of {@code of}.
     *
     * @param otherwise when there is none, or it is neither a number nor a percentage
     */
    public static int of(@Nullable IntOrString value, int of, boolean up, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        String text = value.getStrVal();
        if (text == null || !text.matches("\\d{1,6}%")) {
            return otherwise;
        }
        long whole = Long.parseLong(text.substring(0, text.length() - 1)) * of;
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, up ? Math.ceilDiv(whole, 100) : whole / 100));
    }
}
