package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When images are pulled: each time when they are called latest, else when absent. */
final class ImageDefaults {

    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String DOMAIN =
            "(?:" + DOMAIN_PART + "(?:\\." + DOMAIN_PART + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?";
    private static final Pattern REFERENCE = Pattern.compile("(?:" + DOMAIN + "/)?" + COMPONENT + "(?:/" + COMPONENT
            + ")*(?::(?<tag>\\w[\\w.-]{0,127}))?"
            + "(?<digest>@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?");
    private static final int MAX_REFERENCE = 4096;

    private ImageDefaults() {}

    static void fillContainer(ObjectValue container) {
        if (container.string("imagePullPolicy").orElse("").isEmpty()) {
            container.put(
                    "imagePullPolicy", pullPolicy(container.string("image").orElse("")));
        }
    }

    /** A reference that cannot be read is left to validation and has no tag. */
    static String pullPolicy(String reference) {
        if (reference.length() > MAX_REFERENCE) {
            return "IfNotPresent";
        }
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            return "IfNotPresent";
        }
        String tag = parts.group("tag");
        boolean latest = tag == null ? parts.group("digest") == null : tag.equals("latest");
        return latest ? "Always" : "IfNotPresent";
    }
}
