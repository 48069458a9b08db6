package io.argosy.apiserver.cache;

import java.nio.charset.StandardCharsets;

/** The fixed texts around JSON items: of lists, objects and watch events. */
final class JsonParts {

    static final byte[] NEWLINE = bytes("\n");
    static final byte[] EVENT_END = bytes("}\n");

    private JsonParts() {}

    static byte[] eventStart(String type) {
        return bytes("{\"type\":\"" + type + "\",\"object\":");
    }

    /** The fields of a list's metadata, in upstream's order; the token's characters need no escapes. */
    static String listMetadata(ListPage page) {
        StringBuilder text = new StringBuilder("{\"resourceVersion\":\"")
                .append(page.revision())
                .append('"');
        if (!page.continueToken().isEmpty()) {
            text.append(",\"continue\":\"").append(page.continueToken()).append('"');
        }
        page.remainingItemCount()
                .ifPresent(count -> text.append(",\"remainingItemCount\":").append(count));
        return text.append('}').toString();
    }

    /** As {@link #listMetadata}, for lists of which the fields are sorted and {@code continue} is always there. */
    static String sortedListMetadata(ListPage page) {
        StringBuilder text = new StringBuilder("{\"continue\":\"")
                .append(page.continueToken())
                .append('"');
        page.remainingItemCount()
                .ifPresent(count -> text.append(",\"remainingItemCount\":").append(count));
        return text.append(",\"resourceVersion\":\"")
                .append(page.revision())
                .append("\"}")
                .toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
