package io.argosy.kubelet.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kubelet's folder in mount namespaces of the test's own, private or shared from the root on. */
class SharedFolderIT {

    /** What runs inside a namespace. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            SharedFolder.ensure(Path.of(arguments[0]));
        }
    }

    @TempDir
    Path home;

    @BeforeEach
    void begin() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Files.createDirectories(home.resolve("kubelet/pods/a"));
        Files.createDirectories(home.resolve("kubelet/pods/b"));
    }

    @Test
    void becomesAMountOfItsOwnThatIsShared() throws Exception {
        assertEquals(
                List.of("kubelet shared"), run("private", "$ENSURE; findmnt -Rnro TARGET,PROPAGATION $HOME/kubelet"));
    }

    @Test
    void isLeftAloneWhereItsMountIsShared() throws Exception {
        assertEquals(List.of(), run("shared", "$ENSURE; findmnt -Rnro TARGET,PROPAGATION $HOME/kubelet || true"));
    }

    @Test
    void aSecondStartChangesNothing() throws Exception {
        assertEquals(
                List.of("kubelet shared"),
                run("private", "$ENSURE; $ENSURE; findmnt -Rnro TARGET,PROPAGATION $HOME/kubelet"));
    }

    @Test
    void aMountOfItsOwnIsNotCovered() throws Exception {
        assertEquals(List.of("kubelet shared"), run("private", """
                        mount -t tmpfs none $HOME/kubelet
                        $ENSURE
                        findmnt -Rnro TARGET,PROPAGATION $HOME/kubelet"""));
    }

    @Test
    void volumesOfRunningPodsStayAndCanBeTakenAway() throws Exception {
        assertEquals(
                List.of(
                        "kubelet shared",
                        "kubelet/pods/a shared",
                        "kubelet/pods/a/inner shared",
                        "kubelet/pods/b shared",
                        "data",
                        "kubelet shared",
                        "kubelet/pods/b shared",
                        "b"),
                run("private", """
                        mount -t tmpfs none $HOME/kubelet/pods/a
                        mount --make-shared $HOME/kubelet/pods/a
                        mkdir $HOME/kubelet/pods/a/inner
                        mount -t tmpfs none $HOME/kubelet/pods/a/inner
                        mount -t tmpfs none $HOME/kubelet/pods/b
                        echo data > $HOME/kubelet/pods/a/inner/file
                        $ENSURE
                        findmnt -Rnro TARGET,PROPAGATION $HOME/kubelet | sort
                        cat $HOME/kubelet/pods/a/inner/file
                        umount $HOME/kubelet/pods/a/inner
                        umount $HOME/kubelet/pods/a
                        rmdir $HOME/kubelet/pods/a
                        findmnt -Rnro TARGET,PROPAGATION $HOME/kubelet | sort
                        ls $HOME/kubelet/pods"""));
    }

    /** Runs a script in a new namespace and returns its lines, with paths relative to the test's folder. */
    private List<String> run(String propagation, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare", "--mount", "--propagation", propagation, "sh", "-euc", script)
                .redirectErrorStream(true);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        builder.environment()
                .put(
                        "ENSURE",
                        java + " --enable-native-access=ALL-UNNAMED -cp " + System.getProperty("java.class.path") + " "
                                + Program.class.getName() + " " + home.resolve("kubelet"));
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines()
                .filter(line -> !line.contains("SLF4J") && !line.contains("bind-mounting"))
                .map(line -> line.replace(home + "/", ""))
                .toList();
    }
}
