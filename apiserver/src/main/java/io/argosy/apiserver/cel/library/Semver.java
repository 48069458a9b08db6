package io.argosy.apiserver.cel.library;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as of semver.org 2.0.0; what was built is not compared. */
record Semver(BigInteger major, BigInteger minor, BigInteger patch, List<String> prerelease)
        implements Comparable<Semver> {

    private static final int MOST = 512;
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String PART = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + PART
            + "(?:\\." + PART + ")*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64);

    static Optional<Semver> parse(String text) {
        Matcher parts = FORM.matcher(text.length() > MOST ? "" : text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String before = parts.group(4);
        Semver version = new Semver(
                new BigInteger(parts.group(1)),
                new BigInteger(parts.group(2)),
                new BigInteger(parts.group(3)),
                before == null ? List.of() : List.of(before.split("\\.")));
        boolean fits = version.major.compareTo(LARGEST) < 0
                && version.minor.compareTo(LARGEST) < 0
                && version.patch.compareTo(LARGEST) < 0;
        return fits ? Optional.of(version) : Optional.empty();
    }

    /** Takes {@code v1.2} and {@code 01.2.3} too. */
    static Optional<Semver> parseTolerant(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = withoutZeros(parts[i]);
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.contains("+") || last.contains("-"))) {
            return Optional.empty();
        }
        StringBuilder whole = new StringBuilder(String.join(".", parts));
        for (int i = parts.length; i < 3; i++) {
            whole.append(".0");
        }
        return parse(whole.toString());
    }

    private static String withoutZeros(String part) {
        if (part.length() < 2) {
            return part;
        }
        int from = 0;
        while (from < part.length() && part.charAt(from) == '0') {
            from++;
        }
        String rest = part.substring(from);
        return rest.isEmpty() || !Character.isDigit(rest.charAt(0)) ? "0" + rest : rest;
    }

    @Override
    public int compareTo(Semver other) {
        int order = major.compareTo(other.major);
        order = order != 0 ? order : minor.compareTo(other.minor);
        order = order != 0 ? order : patch.compareTo(other.patch);
        if (order != 0 || prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return order != 0 ? order : Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        int shorter = Math.min(prerelease.size(), other.prerelease.size());
        for (int i = 0; i < shorter; i++) {
            int one = comparePart(prerelease.get(i), other.prerelease.get(i));
            if (one != 0) {
                return one;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    private static int comparePart(String left, String right) {
        boolean leftNumber = left.chars().allMatch(Character::isDigit);
        boolean rightNumber = right.chars().allMatch(Character::isDigit);
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber != rightNumber ? (leftNumber ? -1 : 1) : Integer.signum(left.compareTo(right));
    }
}
