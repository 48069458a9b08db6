package io.argosy.kubelet.probe;

import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.health.HealthCheckRequest;
import io.argosy.kubelet.cri.health.HealthCheckResponse;
import io.argosy.kubelet.cri.health.HealthGrpc;
import io.argosy.kubelet.cri.v1.ExecSyncResponse;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.Probe;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts one question to a container: by command, HTTP, TCP or gRPC. */
final class Prober {

    private static final int MOST_OUTPUT = 10 * 1024;

    private final ContainerRuntime runtime;

    Prober(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    ProbeResult ask(Probe probe, Container container, String containerId, String podIp) {
        Duration timeout = Duration.ofSeconds(probe.getTimeoutSeconds() == null ? 1 : probe.getTimeoutSeconds());
        if (probe.getExec() != null) {
            return exec(containerId, PodView.orEmpty(probe.getExec().getCommand()), timeout);
        }
        if (probe.getHttpGet() != null) {
            return http(probe.getHttpGet(), container, podIp, timeout);
        }
        if (probe.getTcpSocket() != null) {
            Optional<Integer> port = Ports.of(probe.getTcpSocket().getPort(), container);
            String host = orElse(probe.getTcpSocket().getHost(), podIp);
            return port.map(p -> tcp(host, p, timeout)).orElseGet(() -> new ProbeResult.Unknown("invalid port number"));
        }
        if (probe.getGrpc() != null) {
            return grpc(probe.getGrpc(), podIp, timeout);
        }
        return new ProbeResult.Unknown("missing probe handler for container " + container.getName());
    }

    private ProbeResult exec(String containerId, List<String> command, Duration timeout) {
        try {
            ExecSyncResponse answer = runtime.execSync(containerId, command, timeout);
            String output =
                    answer.getStdout().toStringUtf8() + answer.getStderr().toStringUtf8();
            if (output.length() > MOST_OUTPUT) {
                output = output.substring(0, MOST_OUTPUT);
            }
            return answer.getExitCode() == 0 ? new ProbeResult.Success(output) : new ProbeResult.Failure(output);
        } catch (RuntimeCallException e) {
            if (e.timedOut()) {
                return new ProbeResult.Failure("command timed out: \"" + String.join(" ", command)
                        + "\" timed out after " + io.argosy.daemon.flags.GoDuration.format(timeout));
            }
            return new ProbeResult.Unknown(e.describe());
        }
    }

    private static ProbeResult http(HTTPGetAction action, Container container, String podIp, Duration timeout) {
        Optional<URI> uri = uri(action, container, podIp);
        if (uri.isEmpty()) {
            return new ProbeResult.Unknown("invalid port number or path");
        }
        return HttpAsk.get(uri.get(), headers(action), timeout);
    }

    static Map<String, String> headers(HTTPGetAction action) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HTTPHeader header : PodView.orEmpty(action.getHttpHeaders())) {
            headers.put(header.getName(), header.getValue() == null ? "" : header.getValue());
        }
        return headers;
    }

    static Optional<URI> uri(HTTPGetAction action, Container container, String podIp) {
        Optional<Integer> port = Ports.of(action.getPort(), container);
        if (port.isEmpty()) {
            return Optional.empty();
        }
        String scheme = orElse(action.getScheme(), "http").toLowerCase(Locale.ROOT);
        String host = orElse(action.getHost(), podIp);
        String path = orElse(action.getPath(), "/");
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port.get();
        try {
            return Optional.of(new URI(scheme + "://" + authority + (path.startsWith("/") ? "" : "/") + path));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static ProbeResult tcp(String host, int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            return new ProbeResult.Success("");
        } catch (SocketTimeoutException e) {
            return new ProbeResult.Failure("dial tcp " + host + ":" + port + ": i/o timeout");
        } catch (ConnectException e) {
            return new ProbeResult.Failure(
                    "dial tcp " + host + ":" + port + ": connect: " + HttpAsk.lower(e.getMessage()));
        } catch (IOException e) {
            return new ProbeResult.Failure("dial tcp " + host + ":" + port + ": " + HttpAsk.lower(e.getMessage()));
        }
    }

    private static ProbeResult grpc(GRPCAction action, String podIp, Duration timeout) {
        String service = orElse(action.getService(), "");
        String address = podIp + ":" + action.getPort();
        ManagedChannel channel = NettyChannelBuilder.forAddress(new InetSocketAddress(podIp, action.getPort()))
                .usePlaintext()
                .userAgent("kube-probe/1.36")
                .build();
        try {
            HealthCheckResponse answer = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .withWaitForReady()
                    .check(HealthCheckRequest.newBuilder().setService(service).build());
            return answer.getStatus() == HealthCheckResponse.ServingStatus.SERVING
                    ? new ProbeResult.Success("service healthy")
                    : new ProbeResult.Failure("service unhealthy (responded with \"" + answer.getStatus() + "\")");
        } catch (StatusRuntimeException e) {
            return new ProbeResult.Failure(describe(e, address, timeout));
        } finally {
            channel.shutdownNow();
        }
    }

    private static String describe(StatusRuntimeException e, String address, Duration timeout) {
        Status.Code code = e.getStatus().getCode();
        String limit = io.argosy.daemon.flags.GoDuration.format(timeout);
        return switch (code) {
            case UNIMPLEMENTED ->
                "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
                        + e.getStatus().getDescription();
            case DEADLINE_EXCEEDED, UNAVAILABLE ->
                "timeout: failed to connect service \"" + address + "\" within " + limit
                        + ": context deadline exceeded";
            default ->
                "error: health rpc probe failed: rpc error: code = " + code + " desc = "
                        + e.getStatus().getDescription();
        };
    }

    private static String orElse(String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
