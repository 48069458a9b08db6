package io.argosy.apiserver.request;

import io.argosy.apimodel.status.ApiException;
import java.util.List;

/** How bodies are written. */
public enum Format {
    JSON("application", "json"),
    YAML("application", "yaml"),
    PROTOBUF("application", "vnd.kubernetes.protobuf");

    private final String type;
    private final String subtype;

    Format(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    public String mediaType() {
        return type + "/" + subtype;
    }

    /** Whether watch events can be written in it. */
    public boolean streams() {
        return this != YAML;
    }

    boolean matches(MediaRange range) {
        return (range.type().equals("*") || range.type().equals(type))
                && (range.subtype().equals("*") || range.subtype().equals(subtype));
    }

    /** The format of a request's body; JSON when it does not say. */
    public static Format ofBody(String contentType, List<Format> accepted) {
        if (contentType.isEmpty()) {
            return JSON;
        }
        MediaRange range = MediaRange.parse(contentType);
        for (Format format : accepted) {
            if (range.name().equals(format.mediaType())) {
                return format;
            }
        }
        throw ApiException.unsupportedMediaType(
                accepted.stream().map(Format::mediaType).toList());
    }
}
