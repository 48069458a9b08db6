package io.argosy.apiserver.request;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In what form an answer is wanted.
 *
 * @param pretty indented, JSON only
 * @param as another kind than the resource's own: Table, PartialObjectMetadata, PartialObjectMetadataList
 */
public record Accepted(Format format, boolean pretty, Optional<GroupVersionKind> as) {

    private static final List<String> META_VERSIONS = List.of("v1", "v1beta1");

    /**
     * What one resource can be answered as.
     *
     * @param transforms as a Table or as metadata, too
     * @param watches whether the same path is watched, which a refusal tells
     */
    public record Offer(List<Format> formats, boolean transforms, boolean watches) {
        public Offer {
            formats = List.copyOf(formats);
        }

        public Offer(List<Format> formats, boolean transforms) {
            this(formats, transforms, false);
        }

        /** As a collection is offered. */
        public Offer withWatches() {
            return new Offer(formats, transforms, true);
        }

        private String wholeTypes() {
            return formats.stream().map(Format::mediaType).collect(Collectors.joining(", "));
        }

        private String allTypes() {
            return formats.stream()
                    .filter(format -> watches && format.streams())
                    .map(format -> ", " + format.mediaType() + ";stream=watch")
                    .collect(Collectors.joining("", wholeTypes(), ""));
        }

        /** Built-in resources: JSON, YAML, protobuf; Tables and metadata. */
        public static final Offer BUILT_IN = new Offer(List.of(Format.JSON, Format.YAML, Format.PROTOBUF), true);

        /** Custom resources: as {@link #BUILT_IN}, with protobuf for metadata only. */
        public static final Offer CUSTOM = new Offer(List.of(Format.JSON, Format.YAML, Format.PROTOBUF), true);

        /** Documents about the API. */
        public static final Offer DOCUMENT = new Offer(List.of(Format.JSON, Format.YAML, Format.PROTOBUF), false);
    }

    /** Chooses by the Accept header. */
    public static Accepted of(HttpRequest request, Query query, Offer offer, boolean stream) {
        boolean pretty = pretty(request, query);
        String header = String.join(",", request.headers().all("Accept"));
        if (header.isBlank()) {
            return new Accepted(offer.formats().getFirst(), pretty, Optional.empty());
        }
        boolean transformed = false;
        for (MediaRange range : MediaRange.parseAccept(header)) {
            for (Format format : offer.formats()) {
                if (!format.matches(range) || (stream && !format.streams())) {
                    continue;
                }
                Optional<GroupVersionKind> as = as(range);
                if (as.isPresent() && !(offer.transforms() && known(as.get(), format))) {
                    transformed = true;
                    continue;
                }
                if (!range.parameters().getOrDefault("stream", "watch").equals("watch")) {
                    continue;
                }
                boolean asked = "1".equals(range.parameters().get("pretty"));
                return new Accepted(format, pretty || asked, as);
            }
        }
        String why = transformed
                ? "only the following media types are accepted: " + offer.wholeTypes()
                : "406: Not Acceptable\n\nAvailable representations: " + offer.allTypes();
        throw new ApiException(406, "NotAcceptable", why, ApiException.Details.NONE);
    }

    private static Optional<GroupVersionKind> as(MediaRange range) {
        String kind = range.parameters().getOrDefault("as", "");
        String group = range.parameters().getOrDefault("g", "");
        String version = range.parameters().getOrDefault("v", "");
        return kind.isEmpty() && group.isEmpty() && version.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupVersionKind(group, version, kind));
    }

    private static boolean known(GroupVersionKind as, Format format) {
        return as.group().equals("meta.k8s.io")
                && META_VERSIONS.contains(as.version())
                && switch (as.kind()) {
                    case "Table" -> format != Format.PROTOBUF;
                    case "PartialObjectMetadata", "PartialObjectMetadataList" -> true;
                    default -> false;
                };
    }

    private static boolean pretty(HttpRequest request, Query query) {
        String asked = query.get("pretty");
        if (!asked.isEmpty()) {
            return List.of("1", "t", "T", "true", "TRUE", "True").contains(asked);
        }
        String agent = request.headers().get("User-Agent");
        return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    }
}
