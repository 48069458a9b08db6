package io.argosy.apiserver.bootstrap;

import static io.argosy.apiserver.bootstrap.ObjectTrees.object;
import static io.argosy.apiserver.bootstrap.ObjectTrees.strings;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cluster that this server lives, again and again until closed: its address among the endpoints of the Service
 * {@code kubernetes}, its identity as a Lease in {@code kube-system}.
 */
public final class ServerPresence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerPresence.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final String NAMESPACE = "kube-system";

    /** Who this server is: its host and the address at which it is reached. */
    public record Identity(String hostName, String address, int port, UUID instance) {

        /** {@code apiserver-} and 26 letters made from the host's name. */
        public String leaseName() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(hostName.getBytes(StandardCharsets.UTF_8));
                return "apiserver-" + base32(digest, 16);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String base32(byte[] bytes, int length) {
            String letters = "abcdefghijklmnopqrstuvwxyz234567";
            StringBuilder text = new StringBuilder();
            int buffer = 0;
            int bits = 0;
            for (int i = 0; i < length; i++) {
                buffer = (buffer << 8) | (bytes[i] & 0xff);
                bits += 8;
                while (bits >= 5) {
                    bits -= 5;
                    text.append(letters.charAt((buffer >>> bits) & 31));
                }
            }
            if (bits > 0) {
                text.append(letters.charAt((buffer << (5 - bits)) & 31));
            }
            return text.toString();
        }
    }

    private final ClusterObjects objects;
    private final KubernetesService service;
    private final MasterLeases leases;
    private final Identity identity;
    private final InstantSource clock;
    private final Thread thread;

    /** Makes the Service, publishes the address, and starts the thread that goes on doing so. */
    public ServerPresence(
            ClusterObjects objects,
            KubernetesService service,
            MasterLeases leases,
            Identity identity,
            InstantSource clock,
            ThreadFactory threads) {
        this.objects = objects;
        this.service = service;
        this.leases = leases;
        this.identity = identity;
        this.clock = clock;
        this.thread = threads.newThread(this::loop);
    }

    public void start() {
        step();
        thread.start();
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PERIOD);
                step();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        try {
            leases.renew(identity.address());
            service.ensureService();
            service.publish(leases.addresses());
            renewLease();
        } catch (ApiException | StoreException e) {
            LOG.warn("cannot tell of this server error={}", e.getMessage());
        }
    }

    private void renewLease() {
        String name = identity.leaseName();
        String now = ApiTime.formatMicro(clock.instant());
        if (objects.findLatest(Resources.LEASES, NAMESPACE, name).isEmpty()) {
            ObjectValue lease = object("coordination.k8s.io/v1", "Lease", NAMESPACE, name);
            lease.objectOrNew("metadata")
                    .put(
                            "labels",
                            strings(
                                    "apiserver.kubernetes.io/identity",
                                    "kube-apiserver",
                                    "kubernetes.io/hostname",
                                    identity.hostName()))
                    .put(
                            "annotations",
                            strings(
                                    "kubernetes.io/peer-advertise-address",
                                    identity.address() + ":" + identity.port()));
            ObjectValue spec = strings("holderIdentity", name + "_" + identity.instance())
                    .put("leaseDurationSeconds", 3600)
                    .put("renewTime", now);
            objects.create(Resources.LEASES, lease.put("spec", spec));
            return;
        }
        objects.update(Resources.LEASES, NAMESPACE, name, lease -> {
            lease.objectOrNew("spec")
                    .put("holderIdentity", name + "_" + identity.instance())
                    .put("renewTime", now);
            return lease;
        });
    }

    /** Takes this server's address out at once: clients need not find out that it is gone. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            leases.remove(identity.address());
            service.publish(leases.addresses());
        } catch (ApiException | StoreException e) {
            LOG.warn("cannot take this server's address out error={}", e.getMessage());
        }
    }
}
