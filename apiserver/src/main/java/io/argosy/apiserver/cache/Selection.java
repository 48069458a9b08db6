package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.LabelSelector;
import java.util.List;
import java.util.Optional;

/**
 * Which objects of a resource a request sees: by namespace, name, labels and fields. Immutable; one for each request.
 *
 * <p>The place of a selectable field is looked up once, when the selection is made.
 */
final class Selection {

    private final Optional<String> namespace;
    private final Optional<String> name;
    private final LabelSelector labels;
    private final List<Place> fields;

    /** A term on a selectable field, by its place in the resource's list; one not read yet must be converted first. */
    private record Place(int field, boolean equal, String value, boolean read) {}

    private Selection(Optional<String> namespace, Optional<String> name, LabelSelector labels, List<Place> fields) {
        this.namespace = namespace;
        this.name = name;
        this.labels = labels;
        this.fields = List.copyOf(fields);
    }

    static Selection of(
            Optional<String> namespace,
            Optional<String> name,
            LabelSelector labels,
            FieldSelector selector,
            SelectableFields selectable) {
        Optional<String> inNamespace = namespace.or(() -> selector.requiredValue("metadata.namespace"));
        Optional<String> named = name.or(() -> selector.requiredValue("metadata.name"));
        List<Place> places = selector.terms().stream()
                .map(term -> {
                    int place = selectable.place(term.field());
                    return new Place(
                            place,
                            term.equal(),
                            term.value(),
                            selectable.versionOf(place).isEmpty());
                })
                .toList();
        return new Selection(inNamespace, named, labels, places);
    }

    boolean matches(ObjectImage image) {
        if (namespace.isPresent() && !namespace.get().equals(image.key().namespace())) {
            return false;
        }
        if (name.isPresent() && !name.get().equals(image.key().name())) {
            return false;
        }
        for (Place place : fields) {
            if (valueAt(image, place.field()).equals(place.value()) != place.equal()) {
                return false;
            }
        }
        return labels.matches(image.labels());
    }

    private static String valueAt(ObjectImage image, int place) {
        return switch (place) {
            case SelectableFields.NAME -> image.key().name();
            case SelectableFields.NAMESPACE -> image.key().namespace();
            default -> image.fieldAt(place);
        };
    }

    /** Whether, in the order of keys, no image from this one on can match. */
    boolean isPast(ObjectImage image) {
        return namespace.isPresent()
                && !namespace.get().equals(image.key().namespace())
                && (image.key().namespace() + "/").compareTo(namespace.get() + "/") > 0;
    }

    /** Whether all objects of the resource, or of one namespace, are seen. */
    boolean selectsAll() {
        return name.isEmpty() && labels.isEverything() && fields.isEmpty();
    }

    /** Whether neither labels nor fields were given: then the rest of a list can be counted. */
    boolean hasNoSelectors() {
        return labels.isEverything() && fields.isEmpty();
    }

    Optional<String> namespace() {
        return namespace;
    }

    Optional<String> name() {
        return name;
    }

    /** The value that a selectable field must have, when it must have one that is not empty. */
    Optional<String> required(int field) {
        for (Place place : fields) {
            if (place.equal() && place.field() == field && !place.value().isEmpty()) {
                return Optional.of(place.value());
            }
        }
        return Optional.empty();
    }

    /** What an event must touch to be of interest. */
    Trigger trigger() {
        if (name.isPresent()) {
            return namespace.isPresent()
                    ? new Trigger.Named(namespace.get(), name.get())
                    : new Trigger.AnyNamed(name.get());
        }
        for (Place place : fields) {
            if (place.equal() && place.field() >= 0 && place.read()) {
                return new Trigger.FieldValue(place.field(), place.value());
            }
        }
        return namespace.isPresent() ? new Trigger.InNamespace(namespace.get()) : Trigger.ALWAYS;
    }
}
