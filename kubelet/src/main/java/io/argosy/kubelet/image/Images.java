package io.argosy.kubelet.image;

import io.argosy.client.events.EventRecorder;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.AuthConfig;
import io.argosy.kubelet.cri.v1.Image;
import io.argosy.kubelet.cri.v1.ImageSpec;
import io.argosy.kubelet.cri.v1.PodSandboxConfig;
import io.argosy.kubelet.pod.Backoff;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Makes sure that the runtime has the image of a container that is to start. Safe for any thread. */
public final class Images {

    /**
     * Who wants which image.
     *
     * @param image as the pod names it
     * @param policy {@code Always}, {@code IfNotPresent}, {@code Never}
     * @param backoffKey the same for repeated attempts of one container
     */
    public record Wish(
            ObjectReference container,
            String image,
            String policy,
            String runtimeHandler,
            List<Secret> secrets,
            PodSandboxConfig sandbox,
            String backoffKey) {}

    /** An image that the runtime has. */
    public record Present(String ref, Optional<Long> user, String userName) {}

    private final ContainerRuntime runtime;
    private final EventRecorder events;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Semaphore pulls;

    /** @param parallel how many pulls may run at once */
    public Images(ContainerRuntime runtime, EventRecorder events, InstantSource clock, int parallel) {
        this.runtime = runtime;
        this.events = events;
        this.clock = clock;
        this.backoff = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));
        this.pulls = new Semaphore(parallel, true);
    }

    public Present ensure(Wish wish) throws ImageException, InterruptedException {
        ImageName name = ImageName.parse(wish.image())
                .orElseThrow(() -> fail(
                        wish,
                        "InspectFailed",
                        "InvalidImageName",
                        "Failed to apply default image tag \"" + wish.image() + "\": couldn't parse image name \""
                                + wish.image() + "\": invalid reference format"));
        String tagged = ImageName.withDefaultTag(wish.image(), name);
        ImageSpec.Builder spec = ImageSpec.newBuilder().setImage(tagged);
        if (!wish.runtimeHandler().isEmpty()) {
            spec.setRuntimeHandler(wish.runtimeHandler());
        }
        Optional<Image> present = inspect(wish, spec.build());
        boolean pull = switch (policy(wish.policy(), name)) {
            case "Always" -> true;
            case "Never" -> {
                if (present.isEmpty()) {
                    throw fail(
                            wish,
                            "ErrImageNeverPull",
                            "ErrImageNeverPull",
                            "Container image \"" + wish.image() + "\" is not present with pull policy of Never");
                }
                yield false;
            }
            default -> present.isEmpty();
        };
        if (!pull) {
            events.record(
                    wish.container(),
                    EventRecorder.Type.NORMAL,
                    "Pulled",
                    "Pulled",
                    "Container image \"" + wish.image()
                            + "\" already present on machine and can be accessed by the pod");
            return describe(present.get());
        }
        return pull(wish, name, spec.build());
    }

    private static String policy(String policy, ImageName name) {
        if (!policy.isEmpty()) {
            return policy;
        }
        boolean latest =
                name.digest().isEmpty() && (name.tag().isEmpty() || name.tag().equals("latest"));
        return latest ? "Always" : "IfNotPresent";
    }

    private Optional<Image> inspect(Wish wish, ImageSpec spec) throws ImageException {
        try {
            return runtime.imageStatus(spec);
        } catch (RuntimeCallException e) {
            throw fail(
                    wish,
                    "InspectFailed",
                    "ImageInspectError",
                    "Failed to inspect image \"" + wish.image() + "\": " + e.describe());
        }
    }

    private Present pull(Wish wish, ImageName name, ImageSpec spec) throws ImageException, InterruptedException {
        Instant asked = clock.instant();
        if (backoff.waitingSinceFailure(wish.backoffKey(), asked).isPresent()) {
            String message = "Back-off pulling image \"" + wish.image() + "\"";
            events.record(wish.container(), EventRecorder.Type.NORMAL, "BackOff", "BackOff", message);
            throw new ImageException("ImagePullBackOff", message);
        }
        pulls.acquire();
        try {
            Instant began = clock.instant();
            events.record(
                    wish.container(),
                    EventRecorder.Type.NORMAL,
                    "Pulling",
                    "Pulling",
                    "Pulling image \"" + wish.image() + "\"");
            Image image = tryCredentials(wish, name, spec);
            Instant ended = clock.instant();
            events.record(
                    wish.container(),
                    EventRecorder.Type.NORMAL,
                    "Pulled",
                    "Pulled",
                    "Successfully pulled image \"" + wish.image() + "\" in " + millis(began, ended) + " ("
                            + millis(asked, ended) + " including waiting). Image size: " + image.getSize()
                            + " bytes.");
            return describe(image);
        } finally {
            pulls.release();
        }
    }

    private Image tryCredentials(Wish wish, ImageName name, ImageSpec spec) throws ImageException {
        List<AuthConfig> credentials = PullCredentials.of(name, wish.secrets());
        RuntimeCallException last = null;
        for (int i = 0; i < Math.max(1, credentials.size()); i++) {
            Optional<AuthConfig> auth = credentials.isEmpty() ? Optional.empty() : Optional.of(credentials.get(i));
            try {
                String ref = runtime.pullImage(spec, auth, wish.sandbox());
                return runtime.imageStatus(spec.toBuilder().setImage(ref).build())
                        .or(() -> runtime.imageStatus(spec))
                        .orElseGet(() -> Image.newBuilder().setId(ref).build());
            } catch (RuntimeCallException e) {
                last = e;
            }
        }
        backoff.failed(wish.backoffKey(), clock.instant());
        String cause = last == null ? "" : last.describe();
        throw fail(wish, "Failed", "ErrImagePull", "Failed to pull image \"" + wish.image() + "\": " + cause, cause);
    }

    private static Present describe(Image image) {
        Optional<Long> user = image.hasUid() ? Optional.of(image.getUid().getValue()) : Optional.empty();
        return new Present(image.getId(), user, image.getUsername());
    }

    private ImageException fail(Wish wish, String event, String reason, String message) {
        return fail(wish, event, reason, message, message);
    }

    private ImageException fail(Wish wish, String event, String reason, String message, String shown) {
        events.record(wish.container(), EventRecorder.Type.WARNING, event, event, message);
        return new ImageException(reason, shown);
    }

    private static String millis(Instant from, Instant to) {
        return GoDuration.format(Duration.ofMillis(Duration.between(from, to).toMillis()));
    }
}
