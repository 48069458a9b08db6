package io.argosy.apiserver.stream;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.request.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the kubelet serves what the API calls log, exec, attach and portforward of a pod. */
public final class PodStreams {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private static final List<String> LOG_OPTIONS = List.of(
            "follow", "previous", "timestamps", "sinceSeconds", "sinceTime", "tailLines", "limitBytes", "stream");

    /** The kubelet's names for the streams. */
    private static final Map<String, String> STREAMS = Map.of("stdin", "input", "stdout", "output", "stderr", "error");

    private final ClusterObjects objects;
    private final KubeletAccess kubelets;

    public PodStreams(ClusterObjects objects, KubeletAccess kubelets) {
        this.objects = objects;
        this.kubelets = kubelets;
    }

    public Backend log(String namespace, String name, Query query) {
        ObjectValue pod = pod(namespace, name);
        String container = container(pod, name, query.get("container"));
        StringBuilder options = new StringBuilder();
        LOG_OPTIONS.forEach(option -> query.first(option).ifPresent(value -> append(options, option, value)));
        return at(pod, name, "/containerLogs/" + namespace + "/" + name + "/" + container, options);
    }

    public Backend exec(String namespace, String name, Query query) {
        ObjectValue pod = pod(namespace, name);
        String container = container(pod, name, query.get("container"));
        StringBuilder options = streams(query);
        query.all("command").forEach(word -> append(options, "command", word));
        return at(pod, name, "/exec/" + namespace + "/" + name + "/" + container, options);
    }

    public Backend attach(String namespace, String name, Query query) {
        ObjectValue pod = pod(namespace, name);
        String container = container(pod, name, query.get("container"));
        return at(pod, name, "/attach/" + namespace + "/" + name + "/" + container, streams(query));
    }

    public Backend portForward(String namespace, String name, Query query) {
        ObjectValue pod = pod(namespace, name);
        StringBuilder options = new StringBuilder();
        query.all("ports").forEach(port -> append(options, "port", port));
        return at(pod, name, "/portForward/" + namespace + "/" + name, options);
    }

    private ObjectValue pod(String namespace, String name) {
        return objects.findLatest(PODS, namespace, name).orElseThrow(() -> ApiException.notFound(PODS, name));
    }

    private Backend at(ObjectValue pod, String name, String path, StringBuilder query) {
        String node = pod.string("spec", "nodeName").orElse("");
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + name + " does not have a host assigned");
        }
        return kubelets.at(node, path, query.toString());
    }

    private static StringBuilder streams(Query query) {
        StringBuilder options = new StringBuilder();
        STREAMS.forEach((option, kubeletName) -> {
            if (isTrue(query.get(option))) {
                append(options, kubeletName, "1");
            }
        });
        if (isTrue(query.get("tty"))) {
            append(options, "tty", "1");
        }
        return options;
    }

    private static boolean isTrue(String value) {
        return value.equals("true") || value.equals("1");
    }

    /** The container asked for, or the only one; anything else is told with the choices. */
    static String container(ObjectValue pod, String podName, String asked) {
        List<String> containers = names(pod, "containers");
        List<String> initContainers = names(pod, "initContainers");
        if (asked.isEmpty()) {
            if (containers.size() == 1) {
                return containers.getFirst();
            }
            String init = initContainers.isEmpty()
                    ? ""
                    : " or one of the init containers: [" + String.join(" ", initContainers) + "]";
            throw ApiException.badRequest("a container name must be specified for pod " + podName + ", choose one of: ["
                    + String.join(" ", containers) + "]" + init);
        }
        List<String> all = new ArrayList<>(containers);
        all.addAll(initContainers);
        all.addAll(names(pod, "ephemeralContainers"));
        if (!all.contains(asked)) {
            throw ApiException.badRequest("container " + asked + " is not valid for pod " + podName);
        }
        return asked;
    }

    private static List<String> names(ObjectValue pod, String list) {
        return pod.array("spec", list).stream()
                .flatMap(ArrayValue::objects)
                .flatMap(container -> container.string("name").stream())
                .toList();
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
