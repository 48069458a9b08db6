package io.argosy.apiserver.request;

import io.argosy.daemon.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a request leaves beside its answer: warnings and headers to the client, annotations of the audit
 * event. Thread-safe. */
public final class RequestNotes {

    /** Upstream cuts warnings of one answer at 4 KiB in all. */
    private static final int WARNING_BYTES = 4096;

    private final Set<String> warnings = new LinkedHashSet<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private final HttpHeaders headers = new HttpHeaders();
    private int written;

    /** Adds a warning; a text is told once, and none when too much has been told. */
    public synchronized void warn(String text) {
        if (!text.isEmpty() && written + text.length() <= WARNING_BYTES && warnings.add(text)) {
            written += text.length();
        }
    }

    /** Adds an annotation; the first value of a key stays. */
    public synchronized void annotate(String key, String value) {
        annotations.putIfAbsent(key, value);
    }

    /** Adds a header to the answer, whatever it will be. */
    public synchronized void header(String name, String value) {
        headers.set(name, value);
    }

    public synchronized HttpHeaders headers() {
        return headers.copy();
    }

    public synchronized List<String> warnings() {
        return new ArrayList<>(warnings);
    }

    public synchronized Map<String, String> annotations() {
        return new LinkedHashMap<>(annotations);
    }
}
