package io.argosy.controllermanager.ownership;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Finalizers that protect what is still used. Each write has the version that was looked at as its precondition. */
public final class Finalizers {

    private Finalizers() {}

    public static boolean has(HasMetadata object, String finalizer) {
        return of(object).contains(finalizer);
    }

    /** Whether only the finalizer is between the object and its end, or others beside it. */
    public static boolean holdsBack(HasMetadata object, String finalizer) {
        return Owners.isDeleting(object) && has(object, finalizer);
    }

    /** Whether it lacks the finalizer and may still get it. */
    public static boolean lacks(HasMetadata object, String finalizer) {
        return !Owners.isDeleting(object) && !has(object, finalizer);
    }

    public static <T extends HasMetadata> T add(ResourceClient<T> client, T object, String finalizer) {
        List<String> next = new ArrayList<>(of(object));
        next.add(finalizer);
        return write(client, object, next);
    }

    public static <T extends HasMetadata> T remove(ResourceClient<T> client, T object, String finalizer) {
        List<String> next = new ArrayList<>(of(object));
        next.remove(finalizer);
        return write(client, object, next);
    }

    private static <T extends HasMetadata> T write(ResourceClient<T> client, T object, List<String> finalizers) {
        T next = ObjectJson.copy(object);
        next.getMetadata().setFinalizers(finalizers);
        return client.update(next);
    }

    private static List<String> of(HasMetadata object) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        return finalizers == null ? List.of() : finalizers;
    }
}
