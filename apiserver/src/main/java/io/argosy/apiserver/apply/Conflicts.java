package io.argosy.apiserver.apply;

import io.argosy.apimodel.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The error of an apply that would take fields away from others. */
final class Conflicts {

    private Conflicts() {}

    static ApiException of(Map<Managers.Id, Managers.Owned> conflicts) {
        Map<String, List<String>> byManager = new TreeMap<>();
        List<ApiException.Cause> causes = new ArrayList<>();
        conflicts.forEach((id, owned) -> {
            for (String path : owned.fields().shown()) {
                byManager
                        .computeIfAbsent(shown(id, owned), _ -> new ArrayList<>())
                        .add(path);
            }
        });
        byManager.forEach((manager, paths) -> paths.forEach(
                path -> causes.add(new ApiException.Cause("FieldManagerConflict", "conflict with " + manager, path))));
        String message;
        if (causes.size() == 1) {
            message = "Apply failed with 1 conflict: " + causes.getFirst().message() + ": "
                    + causes.getFirst().field();
        } else {
            List<String> lines = new ArrayList<>();
            byManager.forEach((manager, paths) -> {
                lines.add("conflicts with " + manager + ":");
                paths.forEach(path -> lines.add("- " + path));
            });
            message = "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
        }
        return new ApiException(
                409, "Conflict", message, new ApiException.Details("", "", "", "", causes, OptionalInt.empty()));
    }

    private static String shown(Managers.Id id, Managers.Owned owned) {
        String shown = "\"" + id.manager() + "\"";
        if (!id.subresource().isEmpty()) {
            shown += " with subresource \"" + id.subresource() + "\"";
        }
        return id.applies() ? shown : shown + " using " + owned.apiVersion();
    }
}
