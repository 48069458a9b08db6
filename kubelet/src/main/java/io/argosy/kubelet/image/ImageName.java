package io.argosy.kubelet.image;

import java.util.Optional;
import java.util.regex.Pattern;

/** A reference to an image, as users write it. Pure. */
public record ImageName(String registry, String repository, String tag, String digest) {

    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+])(?::[0-9]+)?");

    /** Empty when the text is no reference. */
    public static Optional<ImageName> parse(String text) {
        String rest = text;
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
            if (!DIGEST.matcher(digest).matches()) {
                return Optional.empty();
            }
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
            if (!TAG.matcher(tag).matches()) {
                return Optional.empty();
            }
        }
        String registry = "docker.io";
        int slash = rest.indexOf('/');
        String head = slash < 0 ? "" : rest.substring(0, slash);
        if (!head.isEmpty()
                && (head.contains(".")
                        || head.contains(":")
                        || head.equals("localhost")
                        || !head.equals(head.toLowerCase(java.util.Locale.ROOT)))) {
            registry = head;
            rest = rest.substring(slash + 1);
        } else if (slash < 0) {
            rest = "library/" + rest;
        }
        if (!REGISTRY.matcher(registry).matches() || !REPOSITORY.matcher(rest).matches() || rest.length() > 255) {
            return Optional.empty();
        }
        return Optional.of(new ImageName(registry, rest, tag, digest));
    }

    /** The text with {@code :latest} added when it names neither tag nor digest. */
    public static String withDefaultTag(String text, ImageName name) {
        return name.tag().isEmpty() && name.digest().isEmpty() ? text + ":latest" : text;
    }
}
