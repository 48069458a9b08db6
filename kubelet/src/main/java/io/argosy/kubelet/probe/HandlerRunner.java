package io.argosy.kubelet.probe;

import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.ExecSyncResponse;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the hooks of containers. */
public final class HandlerRunner {

    // How long a hook over HTTP may take when nothing else limits it.
    private static final Duration HTTP_LIMIT = Duration.ofSeconds(30);

    private final ContainerRuntime runtime;
    private final Clock clock;

    public HandlerRunner(ContainerRuntime runtime, Clock clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    /**
     * Returns when the hook has done its work.
     *
     * @param limit zero for none
     */
    public void run(
            Pod pod, String containerName, String containerId, LifecycleHandler hook, List<String> ips, Duration limit)
            throws HandlerException, InterruptedException {
        if (hook.getExec() != null) {
            exec(containerId, PodView.orEmpty(hook.getExec().getCommand()), limit);
        } else if (hook.getHttpGet() != null) {
            Container container = PodView.container(pod, containerName).orElseGet(Container::new);
            if (ips.isEmpty()
                    && (hook.getHttpGet().getHost() == null
                            || hook.getHttpGet().getHost().isEmpty())) {
                throw new HandlerException("failed to find networking container: pod has no address");
            }
            Optional<URI> uri = Prober.uri(hook.getHttpGet(), container, ips.isEmpty() ? "" : ips.getFirst());
            ProbeResult result = HttpAsk.get(
                    uri.orElseThrow(() -> new HandlerException("invalid port number or path")),
                    Prober.headers(hook.getHttpGet()),
                    limit.isZero() ? HTTP_LIMIT : limit);
            // Any answer will do; only that nobody answers is a failure.
            if (result instanceof ProbeResult.Failure f && !f.output().startsWith("HTTP probe failed")) {
                throw new HandlerException(f.output());
            }
        } else if (hook.getSleep() != null && hook.getSleep().getSeconds() != null) {
            Duration wanted = Duration.ofSeconds(hook.getSleep().getSeconds());
            boolean cut = !limit.isZero() && wanted.compareTo(limit) > 0;
            clock.sleep(cut ? limit : wanted);
            if (cut) {
                throw new HandlerException("container terminated before sleep hook finished");
            }
        }
    }

    private void exec(String containerId, List<String> command, Duration limit) throws HandlerException {
        try {
            ExecSyncResponse answer = runtime.execSync(containerId, command, limit);
            if (answer.getExitCode() != 0) {
                throw new HandlerException("command '" + String.join(" ", command) + "' exited with "
                        + answer.getExitCode() + ": " + answer.getStderr().toStringUtf8());
            }
        } catch (RuntimeCallException e) {
            throw new HandlerException(e.describe(), e);
        }
    }
}
