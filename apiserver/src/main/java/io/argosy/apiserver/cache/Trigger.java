package io.argosy.apiserver.cache;

/** What an event must touch for a watcher to be woken: the most telling equality of the watcher's selection. */
sealed interface Trigger {

    /** One object. */
    record Named(String namespace, String name) implements Trigger {}

    /** A selectable field, by its place in the resource's list, has a value before or after the event. */
    record FieldValue(int field, String value) implements Trigger {}

    /** All objects of a namespace. */
    record InNamespace(String namespace) implements Trigger {}

    /** Objects of a name in any namespace. */
    record AnyNamed(String name) implements Trigger {}

    /** Every event. */
    record Always() implements Trigger {}

    Always ALWAYS = new Always();
}
