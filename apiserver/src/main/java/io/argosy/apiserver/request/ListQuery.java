package io.argosy.apiserver.request;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ListOptions of a list, watch or deletecollection, checked.
 *
 * @param resourceVersion as it came; empty, {@code 0} or a number, checked by whoever reads
 * @param resourceVersionMatch {@code Exact}, {@code NotOlderThan} or empty
 * @param limit 0 is none
 * @param timeout of a watch; empty when not given
 * @param sendInitialEvents empty when a watch did not say; a watch from {@code ""} or {@code "0"} has it set
 */
public record ListQuery(
        LabelSelector labels,
        FieldSelector fields,
        boolean watch,
        boolean bookmarks,
        String resourceVersion,
        String resourceVersionMatch,
        long limit,
        String continueToken,
        Optional<Duration> timeout,
        Optional<Boolean> sendInitialEvents) {

    private static final String EXACT = "Exact";
    private static final String NOT_OLDER_THAN = "NotOlderThan";

    /** Reads and checks a query. {@code watch} forces a watch, for paths that say so. */
    public static ListQuery of(Query query, boolean watch) {
        boolean watches = watch || Parameters.truth(query, "watch").orElse(false);
        String version = query.get("resourceVersion");
        String match = query.get("resourceVersionMatch");
        Optional<Boolean> initial = Parameters.truth(query, "sendInitialEvents");
        LabelSelector labels = LabelSelector.parse(query.get("labelSelector"));
        FieldSelector fields = FieldSelector.parse(query.get("fieldSelector"));
        long limit = Parameters.number(query, "limit").orElse(0);
        Optional<Duration> timeout = Parameters.number(query, "timeoutSeconds").stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst();
        String token = query.get("continue");
        List<FieldError> errors =
                watches ? watchErrors(initial, match, token) : listErrors(initial, match, version, token);
        if (!errors.isEmpty()) {
            throw ApiException.invalid("meta.k8s.io", "ListOptions", "", errors);
        }
        boolean fromNow = version.isEmpty() || version.equals("0");
        if (watches && fromNow && initial.isEmpty() && match.isEmpty()) {
            initial = Optional.of(true);
        }
        return new ListQuery(
                labels,
                fields,
                watches,
                Parameters.truth(query, "allowWatchBookmarks").orElse(false),
                version,
                match,
                limit,
                token,
                timeout,
                initial);
    }

    private static FieldError forbiddenMatch(String why) {
        return FieldError.forbidden(FieldPath.of("resourceVersionMatch"), why);
    }

    private static List<FieldError> listErrors(Optional<Boolean> initial, String match, String version, String token) {
        List<FieldError> errors = new ArrayList<>();
        if (!match.isEmpty()) {
            if (version.isEmpty()) {
                errors.add(forbiddenMatch("resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if (!token.isEmpty()) {
                errors.add(forbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
            }
            if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
                errors.add(FieldError.notSupported(
                        FieldPath.of("resourceVersionMatch"), Value.of(match), List.of(EXACT, NOT_OLDER_THAN, "")));
            }
            if (match.equals(EXACT) && version.equals("0")) {
                errors.add(forbiddenMatch("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (initial.isPresent()) {
            errors.add(
                    FieldError.forbidden(FieldPath.of("sendInitialEvents"), "sendInitialEvents is forbidden for list"));
        }
        return errors;
    }

    private static List<FieldError> watchErrors(Optional<Boolean> initial, String match, String token) {
        List<FieldError> errors = new ArrayList<>();
        if (initial.isPresent() && !match.equals(NOT_OLDER_THAN)) {
            errors.add(forbiddenMatch("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty()) {
            if (initial.isEmpty()) {
                errors.add(forbiddenMatch(
                        "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }
            if (!match.equals(NOT_OLDER_THAN)) {
                errors.add(FieldError.notSupported(
                        FieldPath.of("resourceVersionMatch"), Value.of(match), List.of(NOT_OLDER_THAN)));
            }
            if (!token.isEmpty()) {
                errors.add(forbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
            }
        }
        return errors;
    }
}
