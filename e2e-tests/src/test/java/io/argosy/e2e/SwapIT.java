package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/**
 * Each daemon takes the place of its upstream counterpart in a running cluster, and the other way round: with the same
 * flags and files, and a day's work goes as ever. Needs {@code -Dargosy.upstream=FOLDER} with upstream's executables.
 */
@ExtendWith(Machines.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwapIT {

    private static final Duration SETTLED = Duration.ofMinutes(3);
    private static final List<String> ALL =
            List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy");

    /** Replaces the programs of units and leaves their flags as they are. */
    private static final String REPLACE = """
            for daemon in "$@"; do
                unit=/etc/systemd/system/argosy-$daemon.service
                folder=/run/systemd/system/argosy-$daemon.service.d
                mkdir -p $folder
                {
                    echo '[Service]'
                    echo 'ExecStart='
                    sed -n '/^ExecStart=/,/[^\\\\]$/p' $unit | sed 's,^ExecStart=[^ ]*/,ExecStart=/opt/upstream/,'
                } >$folder/program.conf
            done
            systemctl daemon-reload
            systemctl restart $(printf 'argosy-%s ' "$@")
            """;

    private static final String RESTORE = """
            changed=""
            for daemon in "$@"; do
                folder=/run/systemd/system/argosy-$daemon.service.d
                [ ! -d $folder ] || changed="$changed argosy-$daemon"
                rm -rf $folder
            done
            systemctl daemon-reload
            systemctl restart $changed
            """;

    private Optional<Clusters.Running> running = Optional.empty();

    @BeforeAll
    void up() throws Exception {
        Path upstream = Path.of(System.getProperty("argosy.upstream", ""));
        if (!Files.isExecutable(upstream.resolve("kubelet"))) {
            throw new TestAbortedException(
                    "SKIPPED: upstream's executables are not here (-Dargosy.upstream=FOLDER names their folder)");
        }
        running = Optional.of(Clusters.make(List.of(upstream.toAbsolutePath() + ":/opt/upstream")));
        DaysWork.importTools(machine());
    }

    @AfterAll
    void down() throws Exception {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    @AfterEach
    void restoreAll() {
        run(RESTORE, ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubelet", "kube-scheduler", "kube-controller-manager", "kube-proxy"})
    void upstreamsDaemonWorksOnArgosysApiServer(String daemon) throws Exception {
        run(REPLACE, List.of(daemon));
        goes("theirs", daemon);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubelet", "kube-scheduler", "kube-controller-manager", "kube-proxy"})
    void argosysDaemonWorksOnUpstreams(String daemon) throws Exception {
        run(REPLACE, allBut(daemon));
        goes("ours", daemon);
    }

    @Test
    void argosysApiServerServesUpstreamsDaemons() throws Exception {
        run(REPLACE, allBut("kube-apiserver"));
        goes("ours", "kube-apiserver");
    }

    private void goes(String whose, String daemon) throws Exception {
        Kubectl kubectl = Kubectl.newest(running.orElseThrow().kubeconfig());
        String program = machine().sh("readlink /proc/$(systemctl show -P MainPID argosy-" + daemon + ")/exe");
        assertEquals(whose.equals("theirs"), program.startsWith("/opt/upstream/"), program);
        Eventually.holds(SETTLED, "the cluster has settled", () -> {
            Shell.Result node = kubectl.run("", "wait", "--for=condition=Ready", "node/node1", "--timeout=5s");
            Shell.Result dns =
                    kubectl.run("", "-n", "kube-system", "rollout", "status", "deployment/cluster-dns", "--timeout=5s");
            return node.exitCode() == 0 && dns.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of(node.output() + dns.output());
        });
        try {
            DaysWork.goes(kubectl, machine(), whose + "-" + daemon);
        } catch (AssertionError failed) {
            System.err.println(machine().logs());
            throw failed;
        }
    }

    private Machine machine() {
        return running.orElseThrow().machine();
    }

    private static List<String> allBut(String daemon) {
        return ALL.stream().filter(other -> !other.equals(daemon)).toList();
    }

    private void run(String script, List<String> daemons) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(daemons);
        machine().must(command.toArray(String[]::new));
    }
}
