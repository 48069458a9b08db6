package io.argosy.apiserver.cache;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Names the rest of a list, in upstream's form, so that a list may go on at another server.
 *
 * @param revision the state that is listed; -1 for the most recent, when the old one is gone
 * @param start the first key wanted, after the prefix of the list
 */
record ContinueToken(long revision, String start) {

    private static final String VERSION = "meta.k8s.io/v1";
    private static final String INVALID = "invalid continue token: continue key is not valid";

    static ContinueToken decode(String text) {
        ObjectValue token;
        try {
            token = JsonReader.readObject(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException | ApiException broken) {
            throw ApiException.badRequest(INVALID + ": " + broken.getMessage());
        }
        String version = token.string("v").orElse("");
        if (!version.equals(VERSION)) {
            throw ApiException.badRequest(INVALID + ": server does not recognize this encoded version " + version);
        }
        long revision = token.integer("rv").orElse(0L);
        if (revision == 0) {
            throw ApiException.badRequest(
                    INVALID + ": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        String start = token.string("start").orElse("");
        if (start.isEmpty()) {
            throw ApiException.badRequest(INVALID + ": encoded start key empty (version meta.k8s.io/v1)");
        }
        if (!isClean(start)) {
            throw ApiException.badRequest(INVALID + ": " + start);
        }
        return new ContinueToken(revision, start.startsWith("/") ? start.substring(1) : start);
    }

    /** No empty, {@code .} or {@code ..} segments: the key stays below its prefix. */
    private static boolean isClean(String start) {
        String path = start.startsWith("/") ? start.substring(1) : start;
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    String encode() {
        ObjectValue token =
                new ObjectValue().put("v", VERSION).put("rv", revision).put("start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.write(token));
    }
}
