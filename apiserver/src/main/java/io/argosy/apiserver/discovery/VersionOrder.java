package io.argosy.apiserver.discovery;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of version names (the Kubernetes page "Versions in CustomResourceDefinitions"): stable before beta before
 * alpha, higher numbers first, then all other names by the alphabet.
 */
public final class VersionOrder {

    public static final Comparator<String> PREFERRED_FIRST = VersionOrder::compare;

    private static final Pattern VERSION = Pattern.compile("v([0-9]{1,9})(?:(alpha|beta)([0-9]{1,9}))?");

    private VersionOrder() {}

    private record Parts(int stability, int major, int minor) implements Comparable<Parts> {
        @Override
        public int compareTo(Parts other) {
            return Comparator.comparingInt(Parts::stability)
                    .thenComparingInt(Parts::major)
                    .thenComparingInt(Parts::minor)
                    .compare(this, other);
        }
    }

    private static int compare(String left, String right) {
        Optional<Parts> leftParts = parts(left);
        Optional<Parts> rightParts = parts(right);
        if (leftParts.isPresent() && rightParts.isPresent()) {
            return rightParts.get().compareTo(leftParts.get());
        }
        if (leftParts.isPresent() || rightParts.isPresent()) {
            return leftParts.isPresent() ? -1 : 1;
        }
        return left.compareTo(right);
    }

    private static Optional<Parts> parts(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(matcher.group(1));
        if (matcher.group(2) == null) {
            return Optional.of(new Parts(2, major, 0));
        }
        int stability = matcher.group(2).equals("beta") ? 1 : 0;
        return Optional.of(new Parts(stability, major, Integer.parseInt(matcher.group(3))));
    }
}
