package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.Strategy.NameRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the metadata of every object must be. See the Kubernetes API conventions, "Metadata". */
public final class MetadataRules {

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final int ANNOTATION_BYTES = 256 << 10;
    private static final int MANAGER_CHARACTERS = 128;
    private static final int SUBRESOURCE_CHARACTERS = 256;
    private static final List<String> STANDARD_FINALIZERS =
            List.of("kubernetes", GarbagePolicy.ORPHAN, GarbagePolicy.FOREGROUND);
    private static final String IMMUTABLE = "field is immutable";

    private MetadataRules() {}

    /** What is wrong with the metadata of an object, its name included. */
    public static List<FieldError> validate(ObjectValue object, boolean namespaced, NameRule rule) {
        Metadata metadata = Metadata.of(object);
        List<FieldError> errors = new ArrayList<>();
        if (!metadata.generateName().isEmpty()) {
            for (String message : nameErrors(rule, prefixSample(rule, metadata.generateName()))) {
                errors.add(FieldError.invalid(METADATA.child("generateName"), metadata.generateName(), message));
            }
        }
        if (metadata.name().isEmpty()) {
            errors.add(FieldError.required(METADATA.child("name"), "name or generateName is required"));
        } else {
            for (String message : nameErrors(rule, metadata.name())) {
                errors.add(FieldError.invalid(METADATA.child("name"), metadata.name(), message));
            }
        }
        namespace(metadata, namespaced, errors);
        if (metadata.generation() < 0) {
            errors.add(FieldError.invalid(
                    METADATA.child("generation"), metadata.generation(), "must be greater than or equal to 0"));
        }
        metadata.fields().object("labels").ifPresent(labels -> errors.addAll(labels(labels, METADATA.child("labels"))));
        metadata.fields().object("annotations").ifPresent(annotations -> annotations(annotations, errors));
        metadata.fields().array("ownerReferences").ifPresent(owners -> owners(owners, errors));
        finalizers(metadata.finalizers(), errors);
        metadata.fields().array("managedFields").ifPresent(managed -> managedFields(managed, errors));
        return errors;
    }

    /** A prefix may end in a hyphen or dot: what is generated ends in a letter. */
    private static String prefixSample(NameRule rule, String prefix) {
        if (rule == NameRule.PATH_SEGMENT) {
            return prefix;
        }
        return prefix.endsWith("-") || prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    }

    private static List<String> nameErrors(NameRule rule, String name) {
        return switch (rule) {
            case DNS_SUBDOMAIN -> Names.dns1123Subdomain(name);
            case DNS_LABEL -> Names.dns1123Label(name);
            case DNS_1035_LABEL -> Names.dns1035Label(name);
            case PATH_SEGMENT -> Names.pathSegment(name);
        };
    }

    private static void namespace(Metadata metadata, boolean namespaced, List<FieldError> errors) {
        FieldPath path = METADATA.child("namespace");
        if (!namespaced) {
            if (!metadata.namespace().isEmpty()) {
                errors.add(FieldError.forbidden(path, "not allowed on this type"));
            }
        } else if (metadata.namespace().isEmpty()) {
            errors.add(FieldError.required(path, ""));
        } else {
            for (String message : Names.dns1123Label(metadata.namespace())) {
                errors.add(FieldError.invalid(path, metadata.namespace(), message));
            }
        }
    }

    /** What is wrong with labels, wherever they stand. */
    public static List<FieldError> labels(ObjectValue labels, FieldPath path) {
        List<FieldError> errors = new ArrayList<>();
        for (Map.Entry<String, Value> label : labels.fields().entrySet()) {
            for (String message : Names.qualifiedName(label.getKey())) {
                errors.add(FieldError.invalid(path, label.getKey(), message));
            }
            if (label.getValue() instanceof StringValue text) {
                for (String message : Names.labelValue(text.value())) {
                    errors.add(FieldError.invalid(path, text.value(), message));
                }
            }
        }
        return errors;
    }

    private static void annotations(ObjectValue annotations, List<FieldError> errors) {
        FieldPath path = METADATA.child("annotations");
        long bytes = 0;
        for (Map.Entry<String, Value> annotation : annotations.fields().entrySet()) {
            for (String message : Names.qualifiedName(annotation.getKey().toLowerCase(Locale.ROOT))) {
                errors.add(FieldError.invalid(path, annotation.getKey(), message));
            }
            bytes += annotation.getKey().getBytes(StandardCharsets.UTF_8).length;
            if (annotation.getValue() instanceof StringValue text) {
                bytes += text.value().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        if (bytes > ANNOTATION_BYTES) {
            errors.add(FieldError.tooLong(path, ANNOTATION_BYTES));
        }
    }

    private static void owners(ArrayValue owners, List<FieldError> errors) {
        FieldPath path = METADATA.child("ownerReferences");
        String controller = "";
        for (ObjectValue owner : owners.objects().toList()) {
            String apiVersion = owner.string("apiVersion").orElse("");
            String kind = owner.string("kind").orElse("");
            String name = owner.string("name").orElse("");
            if (apiVersion.isEmpty() || apiVersion.endsWith("/")) {
                errors.add(FieldError.invalid(path.child("apiVersion"), apiVersion, "version must not be empty"));
            }
            required(path, "kind", kind, errors);
            required(path, "name", name, errors);
            required(path, "uid", owner.string("uid").orElse(""), errors);
            if (apiVersion.equals("v1") && kind.equals("Event")) {
                errors.add(FieldError.invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner"));
            }
            if (owner.isTrue("controller")) {
                String here = kind + "/" + name;
                if (!controller.isEmpty()) {
                    errors.add(FieldError.invalid(
                            path,
                            owners,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + here));
                } else {
                    controller = here;
                }
            }
        }
    }

    private static void required(FieldPath path, String field, String value, List<FieldError> errors) {
        if (value.isEmpty()) {
            errors.add(FieldError.invalid(path.child(field), value, "must not be empty"));
        }
    }

    private static void finalizers(List<String> finalizers, List<FieldError> errors) {
        FieldPath path = METADATA.child("finalizers");
        for (String finalizer : finalizers) {
            for (String message : Names.qualifiedName(finalizer)) {
                errors.add(FieldError.invalid(path, finalizer, message));
            }
        }
        if (finalizers.contains(GarbagePolicy.ORPHAN) && finalizers.contains(GarbagePolicy.FOREGROUND)) {
            errors.add(FieldError.invalid(
                    path,
                    ArrayValue.ofStrings(finalizers),
                    "finalizer orphan and foregroundDeletion cannot be both set"));
        }
    }

    /** Finalizers of new built-in objects must be qualified, but for those that Kubernetes itself has. */
    static List<FieldError> unqualifiedFinalizers(ObjectValue object) {
        List<FieldError> errors = new ArrayList<>();
        List<String> finalizers = Metadata.of(object).finalizers();
        for (int i = 0; i < finalizers.size(); i++) {
            String name = finalizers.get(i);
            if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name)) {
                errors.add(FieldError.invalid(
                        METADATA.child("finalizers").index(i),
                        name,
                        "name is neither a standard finalizer name nor is it fully qualified"));
            }
        }
        return errors;
    }

    private static void managedFields(ArrayValue entries, List<FieldError> errors) {
        int index = 0;
        for (Value value : entries) {
            FieldPath path = METADATA.child("managedFields").index(index++);
            if (!(value instanceof ObjectValue entry)) {
                continue;
            }
            String operation = entry.string("operation").orElse("");
            if (!operation.equals("Apply") && !operation.equals("Update")) {
                errors.add(FieldError.invalid(path.child("operation"), operation, "must be `Apply` or `Update`"));
            }
            String type = entry.string("fieldsType").orElse("");
            if (!type.isEmpty() && !type.equals("FieldsV1")) {
                errors.add(FieldError.invalid(path.child("fieldsType"), type, "must be `FieldsV1`"));
            }
            if (entry.string("manager").orElse("").length() > MANAGER_CHARACTERS) {
                errors.add(FieldError.tooLong(path.child("manager"), MANAGER_CHARACTERS));
            }
            if (entry.string("subresource").orElse("").length() > SUBRESOURCE_CHARACTERS) {
                errors.add(FieldError.tooLong(path.child("subresource"), SUBRESOURCE_CHARACTERS));
            }
        }
    }

    /** What an update may not change; {@link #validate} is separate. */
    public static List<FieldError> validateUpdate(ObjectValue object, ObjectValue old) {
        Metadata now = Metadata.of(object);
        Metadata before = Metadata.of(old);
        List<FieldError> errors = new ArrayList<>();
        if (before.deletionTimestamp().isPresent()) {
            TreeSet<String> added = new TreeSet<>(now.finalizers());
            before.finalizers().forEach(added::remove);
            if (!added.isEmpty()) {
                String list = String.join("\", \"", added);
                errors.add(FieldError.forbidden(
                        METADATA.child("finalizers"),
                        "no new finalizers can be added if the object is being deleted, found new finalizers"
                                + " []string{\"" + list + "\"}"));
            }
        }
        if (now.resourceVersion().isEmpty()) {
            errors.add(FieldError.invalid(METADATA.child("resourceVersion"), "", "must be specified for an update"));
        }
        if (now.generation() < before.generation()) {
            errors.add(FieldError.invalid(METADATA.child("generation"), now.generation(), "must not be decremented"));
        }
        for (String field : List.of(
                "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds")) {
            Optional<Value> value = now.fields().at(field);
            if (!value.equals(before.fields().at(field))) {
                errors.add(FieldError.invalid(METADATA.child(field), value.orElse(NullValue.NULL), IMMUTABLE));
            }
        }
        return errors;
    }
}
