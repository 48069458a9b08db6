package io.argosy.apiserver.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Outcomes are those that kube-apiserver v1.36.2 gave for the same requests. */
class FieldManagerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static FieldManager manager(String apiVersion, String type, String... ignored) {
        Map<String, ObjectSchema> schemas = Map.of(apiVersion, Types.byName(type));
        FieldManager.Versions versions = new FieldManager.Versions() {
            @Override
            public Optional<ObjectSchema> schema(String version) {
                return Optional.ofNullable(schemas.get(version));
            }

            @Override
            public ObjectValue convert(ObjectValue object, String version) {
                return object;
            }
        };
        return new FieldManager(versions, apiVersion, "", List.of(ignored), InstantSource.fixed(NOW));
    }

    private static final FieldManager CONFIG_MAPS = manager("v1", "io.k8s.api.core.v1.ConfigMap");

    private static ObjectValue read(String json) {
        return JsonReader.readObject(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static ObjectValue configMap(String data) {
        return read("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x','namespace':'n','uid':'u'},'data':"
                + data + "}");
    }

    private static ObjectValue config(String data) {
        return read(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x','namespace':'n'},'data':" + data + "}");
    }

    /** Manager, operation and fields of each owner; their times and versions are left out. */
    private static String owners(ObjectValue object) {
        StringBuilder text = new StringBuilder();
        object.array("metadata", "managedFields").stream()
                .flatMap(list -> list.objects())
                .forEach(entry -> text.append(entry.string("manager").orElse(""))
                        .append(' ')
                        .append(entry.string("operation").orElse(""))
                        .append(' ')
                        .append(new String(JsonWriter.write(entry.at("fieldsV1").orElseThrow()), UTF_8)
                                .replace("\"", ""))
                        .append('\n'));
        return text.toString();
    }

    private static String data(ObjectValue object) {
        return new String(JsonWriter.writeSorted(object.at("data").orElseGet(ObjectValue::new)), UTF_8)
                .replace('"', '\'');
    }

    @Test
    void whoCreatesOwnsWhatIsSaid() {
        ObjectValue created = CONFIG_MAPS.update(Optional.empty(), config("{'a':'1'}"), "m");
        assertEquals("m Update {f:data:{.:{},f:a:{}}}\n", owners(created));
        assertEquals(
                "2026-01-02T03:04:05Z",
                created.array("metadata", "managedFields")
                        .orElseThrow()
                        .objects()
                        .findFirst()
                        .orElseThrow()
                        .string("time")
                        .orElseThrow());
    }

    @Test
    void whatIsAlwaysThereIsNotOwned() {
        FieldManager deployments = manager("apps/v1", "io.k8s.api.apps.v1.Deployment", "status");
        ObjectValue created = deployments.update(
                Optional.empty(),
                read("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'replicas':1,"
                        + "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                        + "'spec':{'containers':[{'name':'c','image':'i','resources':{}}]}},"
                        + "'strategy':{'type':'Recreate'}},'status':{'replicas':3}}"),
                "m");
        assertEquals(
                "m Update {f:spec:{f:replicas:{},f:selector:{},f:strategy:{f:type:{}},f:template:{f:metadata:"
                        + "{f:labels:{.:{},f:a:{}}},f:spec:{f:containers:{k:{\\name\\:\\c\\}:"
                        + "{.:{},f:image:{},f:name:{},f:resources:{}}}}}}}\n",
                owners(created));
    }

    @Test
    void aChangedFieldChangesItsOwner() {
        ObjectValue live = CONFIG_MAPS.update(Optional.empty(), configMap("{'a':'1','b':'1'}"), "one");
        ObjectValue changed = CONFIG_MAPS.update(Optional.of(live), configMap("{'a':'2','c':'3'}"), "two");
        assertEquals("one Update {f:data:{}}\ntwo Update {f:data:{f:a:{},f:c:{}}}\n", owners(changed));
    }

    @Test
    void appliersShareWhatTheySayAlike() {
        ObjectValue first = CONFIG_MAPS.apply(configMap("{}"), config("{'a':'1'}"), "m1", false);
        ObjectValue second = CONFIG_MAPS.apply(first, config("{'a':'1','b':'2'}"), "m2", false);
        assertEquals(
                "m1 Apply {f:data:{f:a:{}}}\nm2 Apply {f:data:{f:a:{},f:b:{}}}\n",
                owners(second).replaceFirst("before-first-apply.*\n", ""));
        assertEquals("{'a':'1','b':'2'}", data(second));
    }

    @Test
    void takingAFieldIsAConflict() {
        ObjectValue live = CONFIG_MAPS.apply(configMap("{}"), config("{'a':'1'}"), "m1", false);
        ApiException conflict = assertThrows(
                ApiException.class, () -> CONFIG_MAPS.apply(live, config("{'a':'2','b':'3'}"), "m2", false));
        assertEquals(409, conflict.code());
        assertEquals("Apply failed with 1 conflict: conflict with \"m1\": .data.a", conflict.message());
        ObjectValue forced = CONFIG_MAPS.apply(live, config("{'a':'2','b':'3'}"), "m2", true);
        assertEquals("{'a':'2','b':'3'}", data(forced));
        assertEquals("m2 Apply {f:data:{f:a:{},f:b:{}}}\n", owners(forced).replaceFirst("before-first-apply.*\n", ""));
    }

    @Test
    void conflictsOfSeveralFieldsAreListed() {
        ObjectValue live = CONFIG_MAPS.update(Optional.empty(), configMap("{'a':'1','b':'1'}"), "kubectl-edit");
        ApiException conflict = assertThrows(
                ApiException.class, () -> CONFIG_MAPS.apply(live, config("{'a':'2','b':'2'}"), "m", false));
        assertEquals(
                "Apply failed with 2 conflicts: conflicts with \"kubectl-edit\" using v1:\n- .data.a\n- .data.b",
                conflict.message());
        assertEquals(
                "FieldManagerConflict", conflict.details().causes().getFirst().reason());
    }

    @Test
    void whatIsNoLongerAppliedGoesUnlessOthersOwnIt() {
        ObjectValue first = CONFIG_MAPS.apply(configMap("{}"), config("{'a':'1','b':'2','c':'3'}"), "m1", false);
        ObjectValue shared = CONFIG_MAPS.apply(first, config("{'b':'2'}"), "m2", false);
        ObjectValue less = CONFIG_MAPS.apply(shared, config("{'a':'1'}"), "m1", false);
        assertEquals("{'a':'1','b':'2'}", data(less));
    }

    @Test
    void managedFieldsMayNotBeApplied() {
        ObjectValue config = config("{}");
        config.objectOrNew("metadata").arrayOrNew("managedFields").add(new ObjectValue());
        ApiException refused =
                assertThrows(ApiException.class, () -> CONFIG_MAPS.apply(configMap("{}"), config, "m", false));
        assertEquals("metadata.managedFields must be nil", refused.message());
    }

    @Test
    void setsAreReadAsTheyAreWritten() {
        ObjectValue item = new ObjectValue().put(".", new ObjectValue()).put("f:image", new ObjectValue());
        ObjectValue spec = new ObjectValue()
                .put("f:containers", new ObjectValue().put("k:{\"name\":\"c\"}", item))
                .put("f:finalizers", new ObjectValue().put("v:\"x\"", new ObjectValue()))
                .put("i:3", new ObjectValue());
        ObjectValue fields = new ObjectValue().put("f:spec", spec);
        assertEquals(fields, FieldSet.read(fields).write());
    }
}
