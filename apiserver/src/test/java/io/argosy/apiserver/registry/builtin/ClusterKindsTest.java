package io.argosy.apiserver.registry.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with objects, in the words of Kubernetes; the second column alone is right. */
final class ClusterKindsTest {

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(UTF_8));
    }

    private static String told(List<FieldError> errors) {
        return errors.stream().map(FieldError::toString).collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', emptyValue = "", textBlock = """
            ingresses.networking.k8s.io | {spec: {defaultBackend: {service: {name: s, port: {number: 80}}}}} | ^^
            ingresses.networking.k8s.io | {spec: {}} | spec: Invalid value: null: either `defaultBackend` or `rules` must be specified
            ingresses.networking.k8s.io | {spec: {defaultBackend: {}}} | spec.defaultBackend: Invalid value: "": resource or service backend is required
            ingresses.networking.k8s.io | {spec: {defaultBackend: {service: {}}}} | spec.defaultBackend.service.name: Required value; spec.defaultBackend: Required value: port name or number is required
            ingresses.networking.k8s.io | {spec: {defaultBackend: {service: {name: s, port: {number: 100000}}}}} | spec.defaultBackend.service.port.number: Invalid value: 100000: must be between 1 and 65535, inclusive
            ingresses.networking.k8s.io | {spec: {rules: [{http: {}}]}} | spec.rules[0].http.paths: Required value
            ingresses.networking.k8s.io | {spec: {rules: [{http: {paths: [{}]}}]}} | spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified
            ingresses.networking.k8s.io | {spec: {rules: [{http: {paths: [{pathType: Exact, path: a, backend: {resource: {kind: K, name: n}}}]}}]}} | spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path
            ingressclasses.networking.k8s.io | {spec: {controller: a.com/b, parameters: {kind: K, name: n, scope: Namespace}}} | spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'
            ingressclasses.networking.k8s.io | {spec: {controller: Bad_Value!}} | spec.controller: Invalid value: "Bad_Value!": must be a domain-prefixed path (such as "acme.io/foo")
            networkpolicies.networking.k8s.io | {spec: {podSelector: {}, ingress: [{from: [{}]}]}} | spec.ingress[0].from[0]: Required value: must specify a peer
            networkpolicies.networking.k8s.io | {spec: {podSelector: {}, ingress: [{ports: [{protocol: X, port: 80, endPort: 70}]}]}} | spec.ingress[0].ports[0].protocol: Unsupported value: "X": supported values: "TCP", "UDP", "SCTP"; spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`
            networkpolicies.networking.k8s.io | {spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: x}}]}]}} | spec.egress[0].to[0].ipBlock.cidr: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
            poddisruptionbudgets.policy | {spec: {minAvailable: -1, unhealthyPodEvictionPolicy: X}} | spec.minAvailable: Invalid value: -1: must be greater than or equal to 0; spec.unhealthyPodEvictionPolicy: Unsupported value: "X": supported values: "AlwaysAllow", "IfHealthyBudget"
            poddisruptionbudgets.policy | {spec: {maxUnavailable: 50%}} | ^^
            priorityclasses.scheduling.k8s.io | {metadata: {name: a}, value: 1, preemptionPolicy: X} | preemptionPolicy: Unsupported value: "X": supported values: "PreemptLowerPriority", "Never"
            leases.coordination.k8s.io | {spec: {leaseDurationSeconds: 0, leaseTransitions: -1}} | spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0; spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0
            runtimeclasses.node.k8s.io | {} | handler: Required value
            storageclasses.storage.k8s.io | {provisioner: p/x, reclaimPolicy: X, volumeBindingMode: Immediate} | reclaimPolicy: Unsupported value: "X": supported values: "Delete", "Retain"
            storageclasses.storage.k8s.io | {provisioner: p/x, volumeBindingMode: Immediate, allowedTopologies: [{}]} | allowedTopologies[0].matchLabelExpressions: Duplicate value: ""
            csidrivers.storage.k8s.io | {spec: {fsGroupPolicy: X, tokenRequests: [{expirationSeconds: 1}]}} | spec.fsGroupPolicy: Unsupported value: "X": supported values: "File", "None", "ReadWriteOnceWithFSType"; spec.tokenRequests[0].expirationSeconds: Invalid value: 1: may not specify a duration less than 10 minutes
            persistentvolumeclaims | {spec: {}} | spec.accessModes: Required value: at least 1 access mode is required; spec.resources[storage]: Required value
            persistentvolumeclaims | {spec: {accessModes: [ReadWriteOnce], dataSource: {kind: K}, resources: {requests: {storage: 1Gi}}}} | spec.dataSource.name: Required value; spec.dataSourceRef.name: Required value
            persistentvolumes | {spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}}} | spec: Required value: must specify a volume type
            persistentvolumes | {spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, local: {path: /a}}} | spec.nodeAffinity: Required value: Local volume requires node affinity
            persistentvolumes | {spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, nfs: {path: a}}} | spec.nfs.server: Required value; spec.nfs.path: Invalid value: "a": must be an absolute path
            persistentvolumes | {spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, csi: {driver: d, volumeHandle: h}}} | ^^
            csinodes.storage.k8s.io | {spec: {drivers: [{name: d, nodeID: n, topologyKeys: [a/b, a/b]}]}} | spec.drivers[0]: Duplicate value: "a/b"
            volumeattachments.storage.k8s.io | {spec: {attacher: a, nodeName: node}} | spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName
            endpointslices.discovery.k8s.io | {addressType: IPv4, endpoints: [{}]} | endpoints[0].addresses: Required value: must contain at least 1 address
            endpointslices.discovery.k8s.io | {addressType: X} | addressType: Unsupported value: "X": supported values: "FQDN", "IPv4", "IPv6"
            endpointslices.discovery.k8s.io | {addressType: IPv6, endpoints: [{addresses: ["2001:db8::1"]}], ports: [{name: a}, {name: a}]} | ports[1].name: Duplicate value: "a"
            servicecidrs.networking.k8s.io | {spec: {cidrs: [10.0.0.0/24, 10.0.1.0/24]}} | spec.cidrs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64
            ipaddresses.networking.k8s.io | {spec: {}} | spec.parentRef: Required value
            endpoints | {subsets: [{}]} | subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`
            endpoints | {subsets: [{addresses: [{ip: 127.0.0.1}]}]} | subsets[0].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
            """)
    void wrongFieldsAreTold(String resource, String object, String expected) {
        assertEquals(expected, told(Validations.byResource().get(resource).errors(yaml(object))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            storageclasses.storage.k8s.io | {provisioner: a/b, volumeBindingMode: Immediate} | {provisioner: a/c, volumeBindingMode: Immediate} | provisioner: Invalid value: "a/c": field is immutable
            priorityclasses.scheduling.k8s.io | {value: 1} | {value: 2} | value: Forbidden: may not be changed in an update.
            runtimeclasses.node.k8s.io | {handler: a} | {handler: b} | handler: Invalid value: "b": field is immutable
            """)
    void whatIsFixedStays(String resource, String old, String object, String expected) {
        assertEquals(expected, told(Validations.byResource().get(resource).errors(yaml(object), yaml(old))));
    }
}
