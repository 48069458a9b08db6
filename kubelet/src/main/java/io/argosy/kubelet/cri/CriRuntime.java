package io.argosy.kubelet.cri;

import io.argosy.kubelet.cri.v1.*;
import io.argosy.kubelet.cri.v1.ImageServiceGrpc.ImageServiceBlockingStub;
import io.argosy.kubelet.cri.v1.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A runtime behind the CRI services of one or two gRPC channels. Safe for any number of threads. */
public final class CriRuntime implements ContainerRuntime, AutoCloseable {

    private final ManagedChannel runtimeChannel;
    private final ManagedChannel imageChannel;
    private final Duration requestTimeout;
    private final RuntimeServiceBlockingStub runtime;
    private final ImageServiceBlockingStub images;

    public CriRuntime(ManagedChannel runtimeChannel, ManagedChannel imageChannel, Duration requestTimeout) {
        this.runtimeChannel = runtimeChannel;
        this.imageChannel = imageChannel;
        this.requestTimeout = requestTimeout;
        this.runtime = RuntimeServiceGrpc.newBlockingStub(runtimeChannel);
        this.images = ImageServiceGrpc.newBlockingStub(imageChannel);
    }

    @Override
    public VersionResponse version() {
        return call(() -> runtime()
                .version(VersionRequest.newBuilder().setVersion("0.1.0").build()));
    }

    @Override
    public StatusResponse status(boolean verbose) {
        return call(() ->
                runtime().status(StatusRequest.newBuilder().setVerbose(verbose).build()));
    }

    @Override
    public String runPodSandbox(PodSandboxConfig config, String runtimeHandler) {
        // Making a sandbox sets up its network and may pull the sandbox image: it gets twice the time.
        return call(() -> runtime(requestTimeout.multipliedBy(2))
                        .runPodSandbox(RunPodSandboxRequest.newBuilder()
                                .setConfig(config)
                                .setRuntimeHandler(runtimeHandler)
                                .build()))
                .getPodSandboxId();
    }

    @Override
    public void stopPodSandbox(String sandboxId) {
        ifPresent(() -> runtime()
                .stopPodSandbox(StopPodSandboxRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .build()));
    }

    @Override
    public void removePodSandbox(String sandboxId) {
        ifPresent(() -> runtime()
                .removePodSandbox(RemovePodSandboxRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .build()));
    }

    @Override
    public Optional<PodSandboxStatus> podSandboxStatus(String sandboxId) {
        return ifPresent(() -> runtime()
                        .podSandboxStatus(PodSandboxStatusRequest.newBuilder()
                                .setPodSandboxId(sandboxId)
                                .build()))
                .map(PodSandboxStatusResponse::getStatus);
    }

    @Override
    public List<PodSandbox> listPodSandboxes(PodSandboxFilter filter) {
        return call(() -> runtime()
                        .listPodSandbox(ListPodSandboxRequest.newBuilder()
                                .setFilter(filter)
                                .build()))
                .getItemsList();
    }

    @Override
    public String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig) {
        return call(() -> runtime()
                        .createContainer(CreateContainerRequest.newBuilder()
                                .setPodSandboxId(sandboxId)
                                .setConfig(config)
                                .setSandboxConfig(sandboxConfig)
                                .build()))
                .getContainerId();
    }

    @Override
    public void startContainer(String containerId) {
        call(() -> runtime()
                .startContainer(StartContainerRequest.newBuilder()
                        .setContainerId(containerId)
                        .build()));
    }

    @Override
    public void stopContainer(String containerId, Duration grace) {
        ifPresent(() -> runtime(requestTimeout.plus(grace))
                .stopContainer(StopContainerRequest.newBuilder()
                        .setContainerId(containerId)
                        .setTimeout(grace.toSeconds())
                        .build()));
    }

    @Override
    public void removeContainer(String containerId) {
        ifPresent(() -> runtime()
                .removeContainer(RemoveContainerRequest.newBuilder()
                        .setContainerId(containerId)
                        .build()));
    }

    @Override
    public List<Container> listContainers(ContainerFilter filter) {
        return call(() -> runtime()
                        .listContainers(ListContainersRequest.newBuilder()
                                .setFilter(filter)
                                .build()))
                .getContainersList();
    }

    @Override
    public Optional<ContainerStatus> containerStatus(String containerId) {
        return ifPresent(() -> runtime()
                        .containerStatus(ContainerStatusRequest.newBuilder()
                                .setContainerId(containerId)
                                .build()))
                .map(ContainerStatusResponse::getStatus);
    }

    @Override
    public void updateContainerResources(String containerId, LinuxContainerResources resources) {
        call(() -> runtime()
                .updateContainerResources(UpdateContainerResourcesRequest.newBuilder()
                        .setContainerId(containerId)
                        .setLinux(resources)
                        .build()));
    }

    @Override
    public void reopenContainerLog(String containerId) {
        call(() -> runtime()
                .reopenContainerLog(ReopenContainerLogRequest.newBuilder()
                        .setContainerId(containerId)
                        .build()));
    }

    @Override
    public ExecSyncResponse execSync(String containerId, List<String> command, Duration timeout) {
        ExecSyncRequest request = ExecSyncRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTimeout(timeout.toSeconds())
                .build();
        // The runtime keeps the command's own time; the call gets some more so that its answer can come.
        return call(() -> timeout.isZero()
                ? runtime.execSync(request)
                : runtime(timeout.plus(requestTimeout)).execSync(request));
    }

    @Override
    public String exec(ExecRequest request) {
        return call(() -> runtime().exec(request)).getUrl();
    }

    @Override
    public String attach(AttachRequest request) {
        return call(() -> runtime().attach(request)).getUrl();
    }

    @Override
    public String portForward(PortForwardRequest request) {
        return call(() -> runtime().portForward(request)).getUrl();
    }

    @Override
    public List<ContainerStats> listContainerStats() {
        return call(() -> runtime().listContainerStats(ListContainerStatsRequest.getDefaultInstance()))
                .getStatsList();
    }

    @Override
    public List<Image> listImages() {
        return call(() -> images().listImages(ListImagesRequest.getDefaultInstance()))
                .getImagesList();
    }

    @Override
    public Optional<Image> imageStatus(ImageSpec image) {
        ImageStatusResponse answer = call(() -> images().imageStatus(
                        ImageStatusRequest.newBuilder().setImage(image).build()));
        return answer.hasImage() ? Optional.of(answer.getImage()) : Optional.empty();
    }

    @Override
    public String pullImage(ImageSpec image, Optional<AuthConfig> credentials, PodSandboxConfig sandboxConfig) {
        PullImageRequest.Builder request =
                PullImageRequest.newBuilder().setImage(image).setSandboxConfig(sandboxConfig);
        credentials.ifPresent(request::setAuth);
        // A pull takes as long as it takes: the runtime itself gives up on one that makes no progress.
        return call(() -> images.pullImage(request.build())).getImageRef();
    }

    @Override
    public void removeImage(ImageSpec image) {
        ifPresent(() -> images().removeImage(
                        RemoveImageRequest.newBuilder().setImage(image).build()));
    }

    @Override
    public List<FilesystemUsage> imageFilesystems() {
        return call(() -> images().imageFsInfo(ImageFsInfoRequest.getDefaultInstance()))
                .getImageFilesystemsList();
    }

    @Override
    public void close() {
        runtimeChannel.shutdownNow();
        imageChannel.shutdownNow();
    }

    private RuntimeServiceBlockingStub runtime() {
        return runtime(requestTimeout);
    }

    private RuntimeServiceBlockingStub runtime(Duration timeout) {
        return runtime.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ImageServiceBlockingStub images() {
        return images.withDeadlineAfter(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> T call(Supplier<T> rpc) {
        try {
            return rpc.get();
        } catch (StatusRuntimeException e) {
            String description = e.getStatus().getDescription();
            throw new RuntimeCallException(
                    e.getStatus().getCode(), description == null ? e.getMessage() : description, e);
        }
    }

    private static <T> Optional<T> ifPresent(Supplier<T> rpc) {
        try {
            return Optional.of(call(rpc));
        } catch (RuntimeCallException e) {
            if (e.code() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
