package io.argosy.apiserver.admission.resourcequota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quota.DeviceClasses;
import io.argosy.apimodel.quota.Evaluators;
import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.quota.ScopeRule;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuotaCheckTest {

    private static final ObjectValue POD =
            tree("{spec: {containers: [{name: a, resources: {requests: {cpu: 500m}, limits: {cpu: '1'}}}]}}");

    static ObjectValue tree(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    static ObjectValue quota(String name, String hard, String used) {
        return tree("{metadata: {namespace: ns, name: " + name + "}, spec: {hard: " + hard + "}, status: {hard: " + hard
                + ", used: " + used + "}}");
    }

    static Charge charge(String resource, String subresource, ObjectValue object, Optional<ObjectValue> old) {
        return new Charge(
                new Evaluators(DeviceClasses.NONE)
                        .of(new GroupResource("", resource))
                        .orElseThrow(),
                subresource,
                object,
                old,
                false,
                Instant.EPOCH);
    }

    private static String verdict(Charge charge, List<LimitedResource> limited, ObjectValue... quotas) {
        return switch (QuotaCheck.of(Arrays.stream(quotas).map(Quota::of).toList(), charge, limited)) {
            case Verdict.Fits(List<Quota> after) ->
                after.stream().map(quota -> quota.used().toString()).collect(Collectors.joining(";"));
            case Verdict.Refused(String why) -> why;
            case Verdict.Uncovered(String why) -> "500 " + why;
        };
    }

    private static String pod(ObjectValue... quotas) {
        return verdict(charge("pods", "", POD, Optional.empty()), List.of(), quotas);
    }

    @Test
    void whatFitsIsChargedToEachQuotaThatLimitsIt() {
        assertEquals(
                "pods=1,requests.cpu=500m;secrets=1;pods=3",
                pod(
                        quota("a", "{pods: '1', requests.cpu: '1'}", "{pods: '0', requests.cpu: '0'}"),
                        quota("b", "{secrets: '1'}", "{secrets: '1'}"),
                        quota("c", "{pods: '9'}", "{pods: '2'}")));
    }

    @Test
    void whatDoesNotFitIsToldWithWhatIsExceededOnly() {
        assertEquals(
                "exceeded quota: a, requested: limits.cpu=1,requests.cpu=500m, used: limits.cpu=1500m,requests.cpu=600m,"
                        + " limited: limits.cpu=2,requests.cpu=1",
                pod(quota(
                        "a",
                        "{pods: '9', requests.cpu: '1', limits.cpu: '2'}",
                        "{pods: '1', requests.cpu: 600m, limits.cpu: 1500m}")));
    }

    @Test
    void aContainerMustSayWhatIsLimited() {
        assertEquals("failed quota: a: must specify memory for: a", pod(quota("a", "{memory: '1'}", "{memory: '0'}")));
    }

    @Test
    void aQuotaThatIsNotCountedYetRefuses() {
        assertEquals(
                "status unknown for quota: a, resources: count/pods,pods",
                pod(quota("a", "{pods: '1', count/pods: '1', secrets: '1'}", "{pods: '1'}")));
    }

    @Test
    void anUpdateIsChargedForTheIncreaseOnly() {
        ObjectValue old = tree("{spec: {type: NodePort, ports: [{port: 1}]}}");
        ObjectValue more = tree("{spec: {type: NodePort, ports: [{port: 1}, {port: 2}, {port: 3}]}}");
        ObjectValue limit =
                quota("a", "{services: '1', services.nodeports: '2'}", "{services: '1', services.nodeports: '1'}");
        assertEquals(
                "exceeded quota: a, requested: services.nodeports=2, used: services.nodeports=1, limited: "
                        + "services.nodeports=2",
                verdict(charge("services", "", more, Optional.of(old)), List.of(), limit));
        assertEquals(
                "services=1,services.nodeports=1",
                verdict(charge("services", "", old, Optional.of(more)), List.of(), limit));
    }

    @Test
    void whatComesIntoAScopeIsChargedInFull() {
        ObjectValue limit = quota("a", "{pods: '1'}", "{pods: '0'}");
        limit.objectOrNew("spec")
                .put("scopes", tree("{s: [Terminating]}").at("s").orElseThrow());
        ObjectValue ending = POD.copy();
        ending.objectOrNew("spec").put("activeDeadlineSeconds", 5);
        assertEquals("pods=1", verdict(charge("pods", "", ending, Optional.of(POD)), List.of(), limit));
        assertEquals("pods=0", verdict(charge("pods", "", POD, Optional.of(ending)), List.of(), limit));
    }

    @Test
    void aStatusIsCountedThoughItExceeds() {
        ObjectValue old = tree("{spec: {resources: {requests: {storage: 1Gi}}}}");
        ObjectValue grown =
                tree("{spec: {resources: {requests: {storage: 1Gi}}}, status: {allocatedResources: {storage: 3Gi}}}");
        assertEquals(
                "requests.storage=3Gi",
                verdict(
                        charge("persistentvolumeclaims", "status", grown, Optional.of(old)),
                        List.of(),
                        quota("a", "{requests.storage: 1Gi}", "{requests.storage: 1Gi}")));
    }

    @Test
    void negativeUseIsRefused() {
        ObjectValue claim = tree("{spec: {resources: {requests: {storage: '-1'}}}}");
        assertEquals(
                "quota usage is negative for resource(s): requests.storage",
                verdict(charge("persistentvolumeclaims", "", claim, Optional.empty()), List.of()));
    }

    @Test
    void whatIsLimitedByDefaultNeedsAQuota() {
        LimitedResource cpu = new LimitedResource(new GroupResource("", "pods"), List.of("requests.cpu"), List.of());
        Charge charge = charge("pods", "", POD, Optional.empty());
        assertEquals("insufficient quota to consume: requests.cpu", verdict(charge, List.of(cpu)));
        assertEquals(
                "requests.cpu=500m",
                verdict(charge, List.of(cpu), quota("a", "{requests.cpu: '1'}", "{requests.cpu: '0'}")));
    }

    @Test
    void aLimitedScopeNeedsAQuotaOfTheScope() {
        ScopeRule critical = new ScopeRule("PriorityClass", "In", List.of("critical"));
        LimitedResource rule = new LimitedResource(new GroupResource("", "pods"), List.of(), List.of(critical));
        ObjectValue pod = POD.copy();
        pod.objectOrNew("spec").put("priorityClassName", "critical");
        Charge charge = charge("pods", "", pod, Optional.empty());
        assertEquals(
                "500 insufficient quota to match these scopes: [{PriorityClass In [critical]}]",
                verdict(charge, List.of(rule)));
        ObjectValue limit = quota("a", "{pods: '1'}", "{pods: '0'}");
        limit.objectOrNew("spec")
                .put("scopeSelector", tree("{matchExpressions: [{scopeName: PriorityClass, operator: Exists}]}"));
        assertEquals("pods=1", verdict(charge, List.of(rule), limit));
    }
}
