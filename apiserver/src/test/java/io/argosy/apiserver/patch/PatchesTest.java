package io.argosy.apiserver.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes are those that kube-apiserver v1.36.2 gave for the same input. */
class PatchesTest {

    private static ObjectValue read(String json) {
        return JsonReader.readObject(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static String write(ObjectValue object) {
        return new String(JsonWriter.writeSorted(object), UTF_8).replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'a':'b'}|{'a':'c'}|{'a':'c'}",
                "{'a':'b'}|{'a':null}|{}",
                "{'a':['b']}|{'a':'c'}|{'a':'c'}",
                "{'a':{'b':'c','d':1}}|{'a':{'b':'d','c':null}}|{'a':{'b':'d','d':1}}",
                "{'a':[{'b':'c'}]}|{'a':[1]}|{'a':[1]}",
                "{}|{'a':{'bb':{'ccc':null}}}|{'a':{'bb':{}}}"
            })
    void mergePatches(String object, String patch, String expected) {
        ObjectValue changed = read(object);
        MergePatch.apply(changed, read(patch));
        assertEquals(expected, write(changed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'a':1}|[{'op':'add','path':'/b','value':2}]|{'a':1,'b':2}",
                "{'a':[1,3]}|[{'op':'add','path':'/a/1','value':2}]|{'a':[1,2,3]}",
                "{'a':[1]}|[{'op':'add','path':'/a/-','value':2}]|{'a':[1,2]}",
                "{'a':[1,2]}|[{'op':'remove','path':'/a/-1'}]|{'a':[1]}",
                "{'a':{'b':1}}|[{'op':'move','from':'/a/b','path':'/c'}]|{'a':{},'c':1}",
                "{'a':{'b':1}}|[{'op':'copy','from':'/a','path':'/c'}]|{'a':{'b':1},'c':{'b':1}}",
                "{'a/b':1,'m~n':2}|[{'op':'replace','path':'/a~1b','value':3},{'op':'remove','path':'/m~0n'}]|{'a/b':3}",
                "{'a':1}|[{'op':'test','path':'/a','value':1},{'op':'remove','path':'/a'}]|{}"
            })
    void jsonPatches(String object, String patch, String expected) throws PatchException {
        assertEquals(
                expected,
                write(JsonPatch.apply(
                        read(object), JsonReader.read(patch.replace('\'', '"').getBytes(UTF_8)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "[{'op':'remove','path':'/nope'}]",
                "[{'op':'replace','path':'/nope','value':1}]",
                "[{'op':'test','path':'/a','value':2}]",
                "[{'op':'add','path':'/l/9','value':2}]",
                "[{'op':'add','path':'b','value':2}]",
                "[{'op':'fly','path':'/a'}]",
                "[{'op':'add','path':'/b'}]"
            })
    void jsonPatchesThatDoNotApply(String patch) {
        assertThrows(
                PatchException.class,
                () -> JsonPatch.apply(
                        read("{'a':1,'l':[]}"),
                        JsonReader.read(patch.replace('\'', '"').getBytes(UTF_8))));
    }

    @Test
    void tooManyOperationsAreRefused() {
        ArrayValue operations = new ArrayValue();
        for (int i = 0; i <= 10_000; i++) {
            operations.add(read("{'op':'add','path':'/a','value':1}"));
        }
        ApiException refused = assertThrows(ApiException.class, () -> JsonPatch.apply(new ObjectValue(), operations));
        assertEquals(413, refused.code());
    }

    @Test
    void copiesThatDoubleAreStopped() {
        ObjectValue object = read("{'a':['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']}");
        ArrayValue operations = new ArrayValue();
        for (int i = 0; i < 40; i++) {
            operations.add(read("{'op':'copy','from':'/a','path':'/a/-'}"));
        }
        PatchException stopped = assertThrows(PatchException.class, () -> JsonPatch.apply(object, operations));
        assertTrue(String.valueOf(stopped.getMessage()).contains("exceeding the limit"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                // merged by key, in the order of the patch
                "{'containers':[{'name':'c','env':[{'name':'B','value':'2'}]},{'name':'e','image':'j'}]}"
                        + "|{'containers':[{'env':[{'name':'B','value':'2'},{'name':'A','value':'1'}],'image':'i',"
                        + "'name':'c'},{'image':'j','name':'e'}]}",
                "{'containers':[{'name':'c','$patch':'delete'},{'name':'e','image':'j'}]}"
                        + "|{'containers':[{'image':'j','name':'e'}]}",
                "{'$setElementOrder/containers':[{'name':'e'},{'name':'c'}],'containers':[{'name':'e','image':'j'}]}"
                        + "|{'containers':[{'image':'j','name':'e'},{'env':[{'name':'A','value':'1'}],'image':'i',"
                        + "'name':'c'}]}",
                "{'containers':[{'$patch':'replace'},{'name':'z'}]}|{'containers':[{'name':'z'}]}",
                "{'containers':null,'nodeName':'n'}|{'nodeName':'n'}",
                "{'$patch':'replace','nodeName':'n'}|{'nodeName':'n'}"
            })
    void strategicMerges(String patch, String expected) throws PatchException {
        ObjectValue spec = read("{'containers':[{'name':'c','image':'i','env':[{'name':'A','value':'1'}]}]}");
        assertEquals(
                expected, write(StrategicMerge.apply(spec, read(patch), Types.byName("io.k8s.api.core.v1.PodSpec"))));
    }

    @Test
    void primitiveListsMergeAsSets() throws PatchException {
        ObjectValue metadata = read("{'finalizers':['a','b']}");
        assertEquals(
                "{'finalizers':['c','b']}",
                write(StrategicMerge.apply(
                        metadata,
                        read("{'$deleteFromPrimitiveList/finalizers':['a'],'finalizers':['c']}"),
                        Types.byName("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"))));
    }

    @Test
    void retainedKeysStayAlone() throws PatchException {
        ObjectValue strategy = read("{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}");
        assertEquals(
                "{'strategy':{'type':'Recreate'}}",
                write(StrategicMerge.apply(
                        strategy,
                        read("{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}"),
                        Types.byName("io.k8s.api.apps.v1.DeploymentSpec"))));
    }

    @Test
    void anItemWithoutItsKeyIsRefused() {
        PatchException refused = assertThrows(
                PatchException.class,
                () -> StrategicMerge.apply(
                        read("{'containers':[{'name':'c'}]}"),
                        read("{'containers':[{'image':'j'}]}"),
                        Types.byName("io.k8s.api.core.v1.PodSpec")));
        assertEquals("map: map[image:j] does not contain declared merge key: name", refused.getMessage());
    }
}
