package io.argosy.apiserver.admission.podsecurity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release of Kubernetes whose standard is meant.
 *
 * @param minor of version 1; the largest number for the latest
 */
record Release(int minor) implements Comparable<Release> {

    static final Release LATEST = new Release(Integer.MAX_VALUE);
    static final String VALID = "must be \"latest\" or \"v1.x\"";

    private static final Pattern FORM = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    static Optional<Release> parse(String text) {
        if (text.equals("latest")) {
            return Optional.of(LATEST);
        }
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Release(Integer.parseInt(form.group(1)))) : Optional.empty();
    }

    @Override
    public int compareTo(Release other) {
        return Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return equals(LATEST) ? "latest" : "v1." + minor;
    }
}
