package io.argosy.apimodel.definition;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The file that declares the resources of one built-in group. See {@code apps.yaml} for an example; what is not said:
 * a resource has all verbs, every version of its group, and is stored under its plural name in its preferred version.
 */
record GroupFile(GroupDefinition group, String typePackage, ObjectValue declared) {

    private static final Set<String> ALL_VERBS =
            Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final Set<String> PART_VERBS = Set.of("get", "patch", "update");

    static GroupFile read(String name) {
        ObjectValue file = DataFile.read(name);
        List<GroupDefinition.Version> versions = new ArrayList<>();
        file.object("versions").orElseThrow().fields().forEach((version, facts) -> {
            ObjectValue of = (ObjectValue) facts;
            versions.add(new GroupDefinition.Version(
                    version, of.integer("priority").orElseThrow().intValue(), !isFalse(of, "served")));
        });
        GroupDefinition group = new GroupDefinition(
                text(file, "group"), file.integer("priority").orElseThrow().intValue(), versions);
        return new GroupFile(
                group, text(file, "package"), file.object("resources").orElseThrow());
    }

    List<ResourceDefinition> resources(Predicate<GroupVersion> alsoServed, Function<String, ObjectSchema> types) {
        List<ResourceDefinition> resources = new ArrayList<>();
        declared.fields()
                .forEach((plural, facts) -> resources.add(resource(plural, (ObjectValue) facts, alsoServed, types)));
        return resources;
    }

    private ResourceDefinition resource(
            String plural,
            ObjectValue facts,
            Predicate<GroupVersion> alsoServed,
            Function<String, ObjectSchema> types) {
        String kind = text(facts, "kind");
        ResourceDefinition.Names names = new ResourceDefinition.Names(
                plural,
                facts.string("singular").orElse(kind.toLowerCase(Locale.ROOT)),
                kind,
                kind + "List",
                strings(facts, "shortNames"),
                strings(facts, "categories"));
        List<VersionDefinition> versions = new ArrayList<>();
        List<ColumnDefinition> columns =
                ColumnFacts.columns(facts.array("columns").orElseGet(ArrayValue::new));
        List<String> chosen = strings(facts, "versions");
        for (GroupDefinition.Version version : group.versions()) {
            if (chosen.isEmpty() || chosen.contains(version.name())) {
                boolean served =
                        version.servedByDefault() || alsoServed.test(new GroupVersion(group.name(), version.name()));
                versions.add(version(version.name(), served, kind, facts, columns, types));
            }
        }
        ObjectValue stored = facts.object("stored").orElseGet(ObjectValue::new);
        return new ResourceDefinition(
                group.name(),
                names,
                text(facts, "scope").equals("Namespaced") ? Scope.NAMESPACED : Scope.CLUSTER,
                versions,
                stored.string("version").orElse(versions.getFirst().name()),
                isFalse(facts, "stored") ? "" : stored.string("path").orElse(plural),
                true,
                new ResourceDefinition.StorageForm(
                        stored.string("group").orElse(group.name()),
                        stored.string("form").filter("json"::equals).isPresent()),
                facts.isTrue("returnsDeleted"));
    }

    private VersionDefinition version(
            String version,
            boolean served,
            String kind,
            ObjectValue facts,
            List<ColumnDefinition> columns,
            Function<String, ObjectSchema> types) {
        String type = typePackage + "." + version + "." + kind;
        Supplier<ObjectSchema> schema = () -> types.apply(type);
        Map<String, SubresourceDefinition> subresources = new LinkedHashMap<>();
        facts.object("subresources")
                .ifPresent(parts -> parts.fields()
                        .forEach((name, part) ->
                                subresources.put(name, subresource(name, version, kind, (ObjectValue) part))));
        return new VersionDefinition(
                version,
                served,
                schema,
                verbs(facts, ALL_VERBS),
                subresources,
                columns,
                strings(facts, "selectableFields"),
                facts.object("deprecated", version).map(deprecated -> warning(version, kind, deprecated)));
    }

    private SubresourceDefinition subresource(String name, String version, String kind, ObjectValue facts) {
        String[] named = facts.string("kind").orElse(kind).split("/");
        GroupVersionKind read = named.length == 3
                ? new GroupVersionKind(named[0], named[1], named[2])
                : new GroupVersionKind(group.name(), version, named[0]);
        Optional<SubresourceDefinition.ScalePaths> scale = facts.string("spec")
                .map(spec ->
                        new SubresourceDefinition.ScalePaths(spec, text(facts, "status"), text(facts, "selector")));
        return new SubresourceDefinition(name, verbs(facts, PART_VERBS), read, scale);
    }

    private String warning(String version, String kind, ObjectValue deprecated) {
        StringBuilder warning = new StringBuilder()
                .append(new GroupVersion(group.name(), version))
                .append(' ')
                .append(kind)
                .append(" is deprecated in v")
                .append(text(deprecated, "since"))
                .append('+');
        deprecated
                .string("removed")
                .ifPresent(removed ->
                        warning.append(", unavailable in v").append(removed).append('+'));
        deprecated.string("use").ifPresent(use -> warning.append("; use ").append(use));
        return warning.toString();
    }

    private static Set<String> verbs(ObjectValue facts, Set<String> otherwise) {
        return facts.array("verbs")
                .map(verbs -> Set.copyOf(verbs.strings().toList()))
                .orElse(otherwise);
    }

    private static List<String> strings(ObjectValue facts, String name) {
        return facts.array(name).map(array -> array.strings().toList()).orElse(List.of());
    }

    private static boolean isFalse(ObjectValue facts, String name) {
        Optional<Value> value = facts.at(name);
        return value.isPresent() && value.get() instanceof BooleanValue truth && !truth.value();
    }

    private static String text(ObjectValue facts, String name) {
        if (facts.at(name).orElse(null) instanceof StringValue text) {
            return text.value();
        }
        throw new IllegalStateException("a definition lacks " + name + ": " + facts);
    }
}
