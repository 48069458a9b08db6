package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One machine with one cluster for all test classes that share it; made by the first, ended with the last. */
final class Clusters implements BeforeAllCallback {

    private static Optional<Running> running = Optional.empty();
    private static Optional<Throwable> failure = Optional.empty();

    /** What ends when the tests do. */
    record Running(Machine machine, String upOutput, Path kubeconfig) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            machine.close();
            Files.deleteIfExists(kubeconfig);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Machines.ensure();
        synchronized (Clusters.class) {
            if (failure.isPresent()) {
                throw new AssertionError("the cluster did not come up; the first test class tells why", failure.get());
            }
            if (running.isEmpty()) {
                Running made = shared();
                running = Optional.of(made);
                context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put("cluster", made);
            }
        }
    }

    static Running cluster() {
        synchronized (Clusters.class) {
            return running.orElseThrow();
        }
    }

    private static Running shared() throws IOException {
        try {
            return make(List.of());
        } catch (IOException | RuntimeException | Error e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** A machine of its own with a cluster; for {@code folders} see {@link Machine}. */
    static Running make(List<String> folders) throws IOException {
        Machine machine = Machine.start(Machines.distribution(), "node1", folders);
        try {
            String up = machine.must(Machine.ARGOSY, "up");
            Path kubeconfig = Files.createTempFile("argosy-e2e", ".kubeconfig");
            Files.writeString(kubeconfig, machine.must(Machine.ARGOSY, "kubeconfig"));
            return new Running(machine, up, kubeconfig);
        } catch (IOException | RuntimeException | Error e) {
            System.err.println(machine.logs());
            machine.close();
            throw e;
        }
    }
}
