package io.argosy.apiserver.registry.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationsTest {

    private static final String POD =
            "{'metadata':{'name':'p'},'spec':{'restartPolicy':'Always','containers':[{'name':'c','image':'i'}]}}";

    private static ObjectValue object(String json) {
        return (ObjectValue) JsonReader.read(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static Validation rules(String resource) {
        return Validations.byResource().get(resource);
    }

    private static List<String> errors(String resource, String json) {
        return rules(resource).errors(object(json)).stream()
                .map(FieldError::toString)
                .toList();
    }

    private static List<String> changes(String resource, String json, String old) {
        return rules(resource).errors(object(json), object(old)).stream()
                .map(FieldError::toString)
                .toList();
    }

    @Test
    void takesPlainPod() {
        assertEquals(List.of(), errors("pods", POD));
        assertEquals(List.of(), changes("pods", POD, POD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'name':'c' | 'name':'' | spec.containers[0].name: Required value",
                "'image':'i' | 'image':'' | spec.containers[0].image: Required value",
                "'image':'i' | 'image':'i','ports':[{'containerPort':70000,'protocol':'TCP'}]"
                        + " | spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and"
                        + " 65535, inclusive",
                "'image':'i' | 'image':'i','volumeMounts':[{'name':'v','mountPath':'/v'}]"
                        + " | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                "'image':'i' | 'image':'i','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}"
                        + " | spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal"
                        + " to cpu limit of 1",
                "'Always' | 'Sometimes' | spec.restartPolicy: Unsupported value: \"Sometimes\": supported values:"
                        + " \"Always\", \"OnFailure\", \"Never\"",
                "'Always' | 'Always','tolerations':[{'operator':'Equal'}] | spec.tolerations[0].operator: Invalid"
                        + " value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all"
                        + " values and all keys\"",
                "'Always' | 'Always','securityContext':{'sysctls':[{'name':'foo-','value':'1'}]}"
                        + " | spec.securityContext.sysctls[0].name: Invalid value: \"foo-\": must have at most 253"
                        + " characters and match regex"
                        + " ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$",
                "'Always' | 'Always','hostNetwork':true,'securityContext':{'sysctls':[{'name':'net/core/somaxconn',"
                        + "'value':'1'}]} | spec.securityContext.sysctls[0].name: Invalid value: \"net/core/somaxconn\":"
                        + " may not be specified when 'hostNetwork' is true",
                "'Always' | 'Always','securityContext':{'sysctls':[{'name':'kernel.sem','value':'1'},"
                        + "{'name':'kernel.sem','value':'2'}]} | spec.securityContext.sysctls[1].name: Duplicate value:"
                        + " \"kernel.sem\""
            })
    void refusesPods(String from, String to, String error) {
        assertEquals(List.of(error), errors("pods", POD.replace(from, to)));
    }

    @Test
    void letsOnlySomeFieldsOfPodsChange() {
        assertEquals(List.of(), changes("pods", POD.replace("'i'", "'j'"), POD));
        List<String> refused = changes("pods", POD.replace("'Always'", "'Never'"), POD);
        assertEquals(1, refused.size());
        assertTrue(refused.getFirst()
                .startsWith("spec: Forbidden: pod updates may not change fields other than"
                        + " `spec.containers[*].image`"));
    }

    @Test
    void wantsSelectorsThatMatch() {
        String json = "{'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'c'}},"
                + "'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
        assertEquals(
                List.of("spec.template.metadata.labels: Invalid value: {\"a\":\"c\"}: `selector` does not match"
                        + " template `labels`"),
                errors("deployments.apps", json));
        assertEquals(List.of(), errors("deployments.apps", json.replace("'c'}}", "'b'}}")));
    }

    @Test
    void knowsVolumesOfClaimTemplates() {
        String json = "{'spec':{'selector':{'matchLabels':{'a':'b'}},'volumeClaimTemplates':[{'metadata':{'name':"
                + "'d'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}],"
                + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i',"
                + "'volumeMounts':[{'name':'d','mountPath':'/d'}]}]}}}}";
        assertEquals(List.of(), errors("statefulsets.apps", json));
    }

    @Test
    void keepsRoleReferences() {
        String json = "{'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'r'}}";
        List<String> refused = changes("rolebindings.rbac.authorization.k8s.io", json.replace("'r'", "'s'"), json);
        assertTrue(refused.getFirst().endsWith("cannot change roleRef"));
    }

    @Test
    void keepsImmutableData() {
        assertEquals(
                List.of("data: Forbidden: field is immutable when `immutable` is set"),
                changes("configmaps", "{'immutable':true,'data':{'a':'2'}}", "{'immutable':true,'data':{'a':'1'}}"));
    }

    @Test
    void readsSchedules() {
        String json = "{'metadata':{'name':'c'},'spec':{'schedule':'*/5 1-3 * jan mon','jobTemplate':{'spec':{"
                + "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}}}";
        assertEquals(List.of(), errors("cronjobs.batch", json));
        assertEquals(
                List.of("spec.schedule: Invalid value: \"*/5 1-30 * jan mon\": end of range (30) above maximum (23):"
                        + " 1-30"),
                errors("cronjobs.batch", json.replace("1-3", "1-30")));
    }
}
