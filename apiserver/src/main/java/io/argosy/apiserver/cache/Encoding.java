package io.argosy.apiserver.cache;

/** The forms in which the cache hands out objects. YAML and CBOR are made from JSON by whoever answers. */
public enum Encoding {
    JSON("application/json"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }
}
