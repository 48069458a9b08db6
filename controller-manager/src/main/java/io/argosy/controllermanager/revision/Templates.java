package io.argosy.controllermanager.revision;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The template inside a revision: a patch that replaces {@code spec.template}, as {@code kubectl rollout undo} reads it. */
public final class Templates {

    private Templates() {}

    /** Keys are sorted, so that equal templates have equal bytes: others compare revisions by their bytes. */
    static JsonNode data(PodTemplateSpec template) {
        ObjectNode data = ObjectJson.mapper().createObjectNode();
        ObjectNode inner = (ObjectNode) ObjectJson.toTree(template);
        inner.put("$patch", "replace");
        data.putObject("spec").set("template", sorted(inner));
        return data;
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = ObjectJson.mapper().createObjectNode();
            object.propertyNames().stream().sorted().forEach(name -> copy.set(name, sorted(object.get(name))));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = ObjectJson.mapper().createArrayNode();
            array.forEach(item -> copy.add(sorted(item)));
            return copy;
        }
        return node;
    }

    /** Empty when the revision holds something else. */
    public static Optional<PodTemplateSpec> of(ControllerRevision revision) {
        JsonNode template = ObjectJson.toTree(revision.getData()).path("spec").path("template");
        if (!(template instanceof ObjectNode object)) {
            return Optional.empty();
        }
        ObjectNode copy = object.deepCopy();
        copy.remove("$patch");
        return Optional.of(ObjectJson.convert(copy, PodTemplateSpec.class));
    }

    static boolean holds(ControllerRevision revision, PodTemplateSpec template) {
        return of(revision).filter(template::equals).isPresent();
    }
}
