package io.argosy.apiserver.cache;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.storage.StoreException;
import java.util.List;
import java.util.OptionalInt;

/** What the cache and the store cannot do, in the words of the API. */
final class CacheErrors {

    static final String LIST_EXPIRED = "The resourceVersion for the provided list is too old.";
    static final String CONTINUE_EXPIRED = "The provided continue parameter is too old to display a consistent list"
            + " result. You can start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided token results in an"
            + " inconsistent list - objects that were created, modified, or deleted between the time the first chunk was"
            + " returned and now may show up in the list.";

    private CacheErrors() {}

    static ApiException tooLarge(long wanted, long current) {
        return new ApiException(
                504,
                "Timeout",
                "Timeout: Too large resource version: " + wanted + ", current: " + current,
                new ApiException.Details(
                        "",
                        "",
                        "",
                        "",
                        List.of(new ApiException.Cause("ResourceVersionTooLarge", "Too large resource version", "")),
                        OptionalInt.of(1)));
    }

    static ApiException notReady() {
        return ApiException.tooManyRequests("storage is (re)initializing", 1);
    }

    static ApiException unreadable(String key, String why) {
        return ApiException.internal("unable to read the object stored at key " + key + ": " + why);
    }

    static ApiException of(StoreException failed) {
        String message = String.valueOf(failed.getMessage());
        return switch (failed.reason()) {
            case TIMEOUT -> ApiException.timeout(message, 0);
            case UNAVAILABLE -> ApiException.serviceUnavailable(message);
            case FAILED -> ApiException.internal(message);
        };
    }

    static ApiException unknownOutcome(String why) {
        return ApiException.timeout(
                "the store did not answer, so it is not known whether the write was done: " + why, 0);
    }

    static ApiException refused(String why) {
        return ApiException.internal(why);
    }

    /** A resourceVersion parameter; the empty string is the caller's affair. */
    static long parseRevision(String text) {
        try {
            if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException _) {
            throw invalidRevision(text, isNumber(text) ? "value out of range" : "invalid syntax");
        }
        throw invalidRevision(text, "invalid syntax");
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static ApiException invalidRevision(String text, String why) {
        return ApiException.badRequest("invalid resource version: resourceVersion: Invalid value: \"" + text
                + "\": strconv.ParseUint: parsing \"" + text + "\": " + why);
    }
}
