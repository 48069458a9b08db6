package io.argosy.client.request;

import java.util.List;

/**
 * A page of objects.
 *
 * @param resourceVersion at which all pages of one list were read
 * @param continueToken empty on the last page
 */
public record ObjectList<T>(List<T> items, String resourceVersion, String continueToken) {

    public ObjectList {
        items = List.copyOf(items);
    }
}
