package io.argosy.apiserver.admission;

/**
 * A check on writes. Each method throws {@link io.argosy.apimodel.status.ApiException} to refuse. Called by many threads
 * at once; may block.
 */
public interface AdmissionPlugin {

    /** As in {@code --enable-admission-plugins}. */
    String name();

    boolean handles(Operation operation);

    /** May change the object. */
    default void mutate(AdmissionRequest request) {}

    /** Sees the object as it will be stored, and changes nothing. */
    default void validate(AdmissionRequest request) {}
}
