package io.argosy.apiserver.openapi;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/**
 * One method at one path.
 *
 * @param action what it does to the resource; empty for discovery
 * @param answers by status code, in order
 */
record Operation(
        String method,
        String id,
        String description,
        String tag,
        String action,
        Optional<GroupVersionKind> kind,
        List<Parameter> parameters,
        Optional<Body> body,
        List<Answer> answers) {

    /**
     * What is sent.
     *
     * @param type the name of the schema
     */
    record Body(String type, List<String> mediaTypes, boolean required) {}

    /**
     * What comes back.
     *
     * @param type the name of the schema; empty for plain text
     */
    record Answer(String code, String description, String type, List<String> mediaTypes) {}

    /** The operation in JSON; parameters that stand at the path are left out. */
    ObjectValue write(Dialect dialect, List<Parameter> ofPath) {
        List<Parameter> own = parameters.stream()
                .filter(parameter -> !ofPath.contains(parameter))
                .toList();
        ObjectValue written = new ObjectValue();
        if (dialect == Dialect.V2) {
            written.put(
                    "consumes", ArrayValue.ofStrings(body.map(Body::mediaTypes).orElse(List.of("*/*"))));
        }
        written.put("description", description).put("operationId", id);
        ArrayValue told = new ArrayValue();
        if (dialect == Dialect.V2) {
            body.ifPresent(sent -> told.add(bodyParameter(sent)));
        }
        own.forEach(parameter -> told.add(parameter.write(dialect)));
        if (!told.isEmpty()) {
            written.put("parameters", told);
        }
        if (dialect == Dialect.V2) {
            written.put("produces", ArrayValue.ofStrings(answers.getFirst().mediaTypes()));
        } else {
            body.ifPresent(sent -> written.put("requestBody", requestBody(sent)));
        }
        written.put("responses", responses(dialect));
        if (dialect == Dialect.V2) {
            written.put("schemes", ArrayValue.ofStrings(List.of("https")));
        }
        written.put("tags", ArrayValue.ofStrings(List.of(tag)));
        if (!action.isEmpty()) {
            written.put("x-kubernetes-action", action);
        }
        kind.ifPresent(of -> written.put("x-kubernetes-group-version-kind", Kinds.write(of)));
        return written;
    }

    private static ObjectValue bodyParameter(Body sent) {
        ObjectValue parameter = new ObjectValue().put("in", "body").put("name", "body");
        if (sent.required()) {
            parameter.put("required", true);
        }
        return parameter.put("schema", Dialect.V2.reference(sent.type()));
    }

    private static ObjectValue requestBody(Body sent) {
        ObjectValue content = new ObjectValue();
        sent.mediaTypes()
                .forEach(media ->
                        content.put(media, new ObjectValue().put("schema", Dialect.V3.reference(sent.type()))));
        ObjectValue written = new ObjectValue().put("content", content);
        return sent.required() ? written.put("required", true) : written;
    }

    private ObjectValue responses(Dialect dialect) {
        ObjectValue responses = new ObjectValue();
        for (Answer answer : answers) {
            ObjectValue written = new ObjectValue();
            if (dialect == Dialect.V3) {
                ObjectValue content = new ObjectValue();
                answer.mediaTypes()
                        .forEach(media -> content.put(media, new ObjectValue().put("schema", schema(answer, dialect))));
                written.put("content", content);
            }
            written.put("description", answer.description());
            if (dialect == Dialect.V2) {
                written.put("schema", schema(answer, dialect));
            }
            responses.put(answer.code(), written);
        }
        return responses.put("401", new ObjectValue().put("description", "Unauthorized"));
    }

    private static ObjectValue schema(Answer answer, Dialect dialect) {
        return answer.type().isEmpty() ? new ObjectValue().put("type", "string") : dialect.reference(answer.type());
    }
}
