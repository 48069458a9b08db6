package io.argosy.kubelet.server;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.http.ResponseStream;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.AttachRequest;
import io.argosy.kubelet.cri.v1.ExecRequest;
import io.argosy.kubelet.cri.v1.ExecSyncResponse;
import io.argosy.kubelet.cri.v1.PortForwardRequest;
import io.argosy.kubelet.lifecycle.RuntimeObserver;
import io.argosy.kubelet.pod.ObservedContainer;
import io.argosy.kubelet.pod.ObservedPod;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.PodWorkers;
import io.argosy.kubelet.status.StatusSink;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers what the API server, and others who may, ask of this node. */
final class KubeletServer implements HttpHandler {

    private static final Duration RUN_LIMIT = Duration.ofMinutes(2);

    /** What the answers are made of. */
    record Parts(
            Gatekeeper gatekeeper,
            PodWorkers pods,
            StatusSink statuses,
            ContainerRuntime runtime,
            RuntimeObserver observer,
            Figures figures,
            java.util.function.Supplier<String> probeMetrics,
            DiagnosticsHandler diagnostics,
            StreamRelay relay,
            boolean debugging,
            Clock clock) {}

    private final Parts parts;

    KubeletServer(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        switch (parts.gatekeeper().check(exchange.request())) {
            case Gatekeeper.Verdict.Unauthorized ignored -> text(exchange, 401, "Unauthorized");
            case Gatekeeper.Verdict.Forbidden(String message) -> text(exchange, 403, message);
            case Gatekeeper.Verdict.Failed(String message) -> text(exchange, 500, message);
            case Gatekeeper.Verdict.Admitted ignored -> {
                try {
                    answer(exchange);
                } catch (IllegalArgumentException e) {
                    text(exchange, 400, e.getMessage());
                } catch (RuntimeCallException e) {
                    text(exchange, 500, e.describe());
                }
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.request().path();
        String[] parts = path.substring(1).split("/");
        switch (parts[0]) {
            case "pods" ->
                json(exchange, new PodListBuilder().withItems(podsWithStatus()).build());
            case "runningpods" -> debugging(exchange, e -> json(e, running()));
            case "stats" -> json(exchange, this.parts.figures().summary());
            case "containerLogs" -> debugging(exchange, e -> logs(e, parts));
            case "exec" -> debugging(exchange, e -> exec(e, parts));
            case "attach" -> debugging(exchange, e -> attach(e, parts));
            case "portForward" -> debugging(exchange, e -> portForward(e, parts));
            case "run" -> debugging(exchange, e -> run(e, parts));
            case "metrics" -> metrics(exchange, path);
            default -> exchange.send(this.parts.diagnostics().answer(exchange.request()));
        }
    }

    private interface Action {
        void run(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void debugging(HttpExchange exchange, Action action) throws IOException, InterruptedException {
        if (parts.debugging()) {
            action.run(exchange);
        } else {
            text(exchange, 405, "Debug endpoints are disabled.");
        }
    }

    private void metrics(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/metrics/resource" -> plain(exchange, parts.figures().resource());
            case "/metrics/cadvisor" -> plain(exchange, parts.figures().containers());
            case "/metrics/probes" -> plain(exchange, parts.probeMetrics().get());
            default -> exchange.send(parts.diagnostics().answer(exchange.request()));
        }
    }

    private List<Pod> podsWithStatus() {
        List<Pod> out = new ArrayList<>();
        for (Pod pod : parts.pods().pods()) {
            Pod copy = ObjectJson.copy(pod);
            parts.statuses().get(PodView.uid(pod)).ifPresent(copy::setStatus);
            out.add(copy);
        }
        return out;
    }

    private Object running() {
        List<Pod> out = new ArrayList<>();
        for (Pod pod : parts.pods().active()) {
            Pod copy = new Pod();
            copy.setMetadata(ObjectJson.copy(pod.getMetadata()));
            copy.setSpec(ObjectJson.copy(pod.getSpec()));
            out.add(copy);
        }
        return new PodListBuilder().withItems(out).build();
    }

    /** {@code verb/namespace/pod[/uid]/container}. */
    private record Target(Pod pod, Optional<String> container) {}

    private Optional<Target> target(String[] path, boolean container) {
        int least = container ? 4 : 3;
        if (path.length < least || path.length > least + 1) {
            return Optional.empty();
        }
        Function<Pod, Boolean> named = p -> PodView.key(p).equals(path[1] + "/" + path[2])
                && (path.length == least || PodView.uid(p).equals(path[3]));
        return parts.pods().pods().stream()
                .filter(named::apply)
                .findFirst()
                .map(p -> new Target(p, container ? Optional.of(path[path.length - 1]) : Optional.empty()));
    }

    private Optional<ObservedContainer> runningContainer(HttpExchange exchange, String[] path) throws IOException {
        Optional<Target> target = target(path, true);
        if (target.isEmpty()) {
            text(exchange, 404, "pod does not exist");
            return Optional.empty();
        }
        Optional<ObservedContainer> container =
                observe(target.get().pod()).newest(target.get().container().orElseThrow());
        if (container.isEmpty()) {
            text(
                    exchange,
                    404,
                    "container not found (\"" + target.get().container().orElseThrow() + "\")");
        }
        return container;
    }

    private ObservedPod observe(Pod pod) {
        return parts.observer()
                .observe(
                        PodView.uid(pod),
                        pod.getMetadata().getName(),
                        pod.getMetadata().getNamespace());
    }

    private void exec(HttpExchange exchange, String[] path) throws IOException {
        Optional<ObservedContainer> container = runningContainer(exchange, path);
        if (container.isEmpty()) {
            return;
        }
        Query query = Query.parse(exchange.request().query());
        String url = parts.runtime()
                .exec(ExecRequest.newBuilder()
                        .setContainerId(container.get().id())
                        .addAllCmd(query.all("command"))
                        .setTty(query.is("tty"))
                        .setStdin(query.is("input") || query.is("stdin"))
                        .setStdout(query.is("output") || query.is("stdout"))
                        .setStderr(!query.is("tty") && (query.is("error") || query.is("stderr")))
                        .build());
        parts.relay().relay(exchange, url);
    }

    private void attach(HttpExchange exchange, String[] path) throws IOException {
        Optional<ObservedContainer> container = runningContainer(exchange, path);
        if (container.isEmpty()) {
            return;
        }
        Query query = Query.parse(exchange.request().query());
        String url = parts.runtime()
                .attach(AttachRequest.newBuilder()
                        .setContainerId(container.get().id())
                        .setTty(query.is("tty"))
                        .setStdin(query.is("input") || query.is("stdin"))
                        .setStdout(query.is("output") || query.is("stdout"))
                        .setStderr(!query.is("tty") && (query.is("error") || query.is("stderr")))
                        .build());
        parts.relay().relay(exchange, url);
    }

    private void portForward(HttpExchange exchange, String[] path) throws IOException {
        Optional<Target> target = target(path, false);
        if (target.isEmpty()) {
            text(exchange, 404, "pod does not exist");
            return;
        }
        Optional<String> sandbox = observe(target.get().pod()).readySandbox().map(s -> s.id());
        if (sandbox.isEmpty()) {
            text(
                    exchange,
                    404,
                    "failed to find sandbox for pod " + PodView.key(target.get().pod()));
            return;
        }
        PortForwardRequest.Builder request = PortForwardRequest.newBuilder().setPodSandboxId(sandbox.get());
        for (String ports : Query.parse(exchange.request().query()).all("port")) {
            for (String port : ports.split(",")) {
                request.addPort(Integer.parseInt(port));
            }
        }
        parts.relay().relay(exchange, parts.runtime().portForward(request.build()));
    }

    private void run(HttpExchange exchange, String[] path) throws IOException {
        Optional<ObservedContainer> container = runningContainer(exchange, path);
        if (container.isEmpty()) {
            return;
        }
        String command = Query.parse(exchange.request().query()).first("cmd").orElse("");
        ExecSyncResponse answer =
                parts.runtime().execSync(container.get().id(), List.of(command.split(" ")), RUN_LIMIT);
        text(
                exchange,
                200,
                answer.getStdout().toStringUtf8() + answer.getStderr().toStringUtf8());
    }

    private void logs(HttpExchange exchange, String[] path) throws IOException, InterruptedException {
        Optional<Target> target = target(path, true);
        if (target.isEmpty()) {
            text(exchange, 404, "pod \"" + (path.length > 2 ? path[2] : "") + "\" not found\n");
            return;
        }
        Pod pod = target.get().pod();
        String name = target.get().container().orElseThrow();
        Optional<Container> spec = PodView.container(pod, name);
        if (spec.isEmpty()) {
            text(
                    exchange,
                    404,
                    "container \"" + name + "\" not found in pod \""
                            + pod.getMetadata().getName() + "\"\n");
            return;
        }
        LogOptions options = LogOptions.of(
                Query.parse(exchange.request().query()), parts.clock().instant());
        Optional<String> id = logged(pod, name, options.previous());
        Optional<ObservedContainer> found = observe(pod)
                .history(name)
                .filter(c -> id.isPresent() && id.get().endsWith("://" + c.id()))
                .findFirst();
        if (found.isEmpty()) {
            text(exchange, 400, absent(pod, name, options.previous()));
            return;
        }
        ObservedContainer container = found.get();
        Path log = Path.of(container.logPath());
        if (!Files.exists(log)) {
            text(exchange, 404, "unable to retrieve container logs for containerd://" + container.id());
            return;
        }
        HttpHeaders headers = HttpHeaders.of("Content-Type", "text/plain");
        try (ResponseStream stream = exchange.stream(200, headers)) {
            stream.flush();
            new LogReader(log, options, () -> stillRuns(container.id()), parts.clock(), new Sink(stream)).copy();
        }
    }

    /** The container whose log is meant: the one that runs or ended last, or the one before it. */
    private Optional<String> logged(Pod pod, String name, boolean previous) {
        return containerStatus(pod, name).flatMap(s -> {
            Optional<String> last = Optional.ofNullable(s.getLastState())
                    .map(l -> l.getTerminated())
                    .map(t -> t.getContainerID());
            boolean waiting = s.getState().getWaiting() != null;
            return previous || waiting ? last : Optional.ofNullable(s.getContainerID());
        });
    }

    private Optional<ContainerStatus> containerStatus(Pod pod, String name) {
        return parts.statuses().get(PodView.uid(pod)).flatMap(s -> {
            List<ContainerStatus> all = new ArrayList<>(PodView.orEmpty(s.getContainerStatuses()));
            all.addAll(PodView.orEmpty(s.getInitContainerStatuses()));
            all.addAll(PodView.orEmpty(s.getEphemeralContainerStatuses()));
            return all.stream().filter(c -> c.getName().equals(name)).findFirst();
        });
    }

    private boolean stillRuns(String id) {
        return parts.runtime()
                .containerStatus(id)
                .map(s -> s.getState() == io.argosy.kubelet.cri.v1.ContainerState.CONTAINER_RUNNING)
                .orElse(false);
    }

    private String absent(Pod pod, String container, boolean previous) {
        String where =
                "container \"" + container + "\" in pod \"" + pod.getMetadata().getName() + "\"";
        if (previous) {
            return "previous terminated " + where + " not found";
        }
        String reason = containerStatus(pod, container)
                .map(c -> c.getState().getWaiting())
                .map(w -> w.getReason() == null ? "" : w.getReason())
                .orElse("ContainerCreating");
        return where + " is waiting to start: " + reason;
    }

    private record Sink(ResponseStream stream) implements LogReader.Sink {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public boolean closed() {
            return stream.disconnected();
        }
    }

    private static void json(HttpExchange exchange, Object body) throws IOException {
        send(exchange, 200, "application/json", ObjectJson.write(body));
    }

    private static void plain(HttpExchange exchange, String body) throws IOException {
        send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void text(HttpExchange exchange, int status, String body) throws IOException {
        if (!exchange.answered()) {
            send(exchange, status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.send(new PreparedResponse(status, HttpHeaders.of("Content-Type", type), List.of(body)));
    }
}
