package io.argosy.apiserver.cache;

import java.util.List;
import java.util.OptionalLong;

/**
 * The answer to a list.
 *
 * @param images in the order of their keys
 * @param revision the state that was read: the list's {@code resourceVersion}
 * @param continueToken names the rest of the list; empty when this was all
 * @param remainingItemCount how many objects follow; known only without selectors
 */
public record ListPage(
        List<ObjectImage> images, long revision, String continueToken, OptionalLong remainingItemCount) {}
