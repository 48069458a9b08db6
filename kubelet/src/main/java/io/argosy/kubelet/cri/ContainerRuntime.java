package io.argosy.kubelet.cri;

import io.argosy.kubelet.cri.v1.AttachRequest;
import io.argosy.kubelet.cri.v1.AuthConfig;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerConfig;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.ContainerStats;
import io.argosy.kubelet.cri.v1.ContainerStatus;
import io.argosy.kubelet.cri.v1.ExecRequest;
import io.argosy.kubelet.cri.v1.ExecSyncResponse;
import io.argosy.kubelet.cri.v1.FilesystemUsage;
import io.argosy.kubelet.cri.v1.Image;
import io.argosy.kubelet.cri.v1.ImageSpec;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.cri.v1.PodSandbox;
import io.argosy.kubelet.cri.v1.PodSandboxConfig;
import io.argosy.kubelet.cri.v1.PodSandboxFilter;
import io.argosy.kubelet.cri.v1.PodSandboxStatus;
import io.argosy.kubelet.cri.v1.PortForwardRequest;
import io.argosy.kubelet.cri.v1.StatusResponse;
import io.argosy.kubelet.cri.v1.VersionResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A container runtime and its image store. Every call blocks until the runtime has answered or the time for it is up,
 * and throws {@link RuntimeCallException} when it fails.
 */
public interface ContainerRuntime {

    VersionResponse version();

    StatusResponse status(boolean verbose);

    /** Makes and starts a sandbox with its network. Answers its id. */
    String runPodSandbox(PodSandboxConfig config, String runtimeHandler);

    /** Stops a sandbox and everything in it; a sandbox that is stopped or gone is no error. */
    void stopPodSandbox(String sandboxId);

    void removePodSandbox(String sandboxId);

    /** Empty when the runtime has no such sandbox. */
    Optional<PodSandboxStatus> podSandboxStatus(String sandboxId);

    List<PodSandbox> listPodSandboxes(PodSandboxFilter filter);

    String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig);

    void startContainer(String containerId);

    /** Asks the container to stop and kills it after {@code grace}; returns when it has stopped. */
    void stopContainer(String containerId, Duration grace);

    void removeContainer(String containerId);

    List<Container> listContainers(ContainerFilter filter);

    /** Empty when the runtime has no such container. */
    Optional<ContainerStatus> containerStatus(String containerId);

    void updateContainerResources(String containerId, LinuxContainerResources resources);

    void reopenContainerLog(String containerId);

    /** Runs a command to its end; a zero timeout waits as long as it takes. */
    ExecSyncResponse execSync(String containerId, List<String> command, Duration timeout);

    /** The address of a streaming server that carries the session. */
    String exec(ExecRequest request);

    String attach(AttachRequest request);

    String portForward(PortForwardRequest request);

    List<ContainerStats> listContainerStats();

    List<Image> listImages();

    Optional<Image> imageStatus(ImageSpec image);

    /** Answers the reference under which the runtime now has the image. */
    String pullImage(ImageSpec image, Optional<AuthConfig> credentials, PodSandboxConfig sandboxConfig);

    void removeImage(ImageSpec image);

    List<FilesystemUsage> imageFilesystems();
}
