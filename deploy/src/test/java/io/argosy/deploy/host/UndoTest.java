package io.argosy.deploy.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoTest {

    @TempDir
    private Path folder;

    @Test
    void deletesWhatWasMadeAndMayBeRepeated() throws Exception {
        Ledger ledger = new Ledger(folder.resolve("data/ledger"));
        Path made = folder.resolve("made");
        ledger.record(Ledger.Kind.PATH, made.toString(), "");
        Files.createDirectories(made.resolve("deep/er"));
        Files.writeString(made.resolve("deep/er/file"), "x");
        Undo undo = new Undo(ledger);
        assertEquals(List.of(), undo.all());
        assertFalse(Files.exists(made));
        assertEquals(List.of(), undo.all());
    }

    @Test
    void whatCannotBeUndoneStaysWrittenDownForTheNextTry() throws Exception {
        Path data = folder.resolve("data");
        Ledger ledger = new Ledger(data.resolve("ledger"));
        ledger.record(Ledger.Kind.PATH, data.toString(), "");
        ledger.record(Ledger.Kind.SYSCTL, "kernel/version", "another kernel");
        assertEquals(1, new Undo(ledger).all().size());
        assertEquals(2, ledger.entries().size());
    }

    @Test
    void aFolderThatWasThereKeepsWhatWasInIt() throws Exception {
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Files.createDirectory(shared.resolve("theirs"));
        Ledger ledger = new Ledger(folder.resolve("data/ledger"));
        ledger.recordContents(shared);
        Files.createDirectories(shared.resolve("ours/deep"));
        ledger.recordContents(shared);
        assertEquals(List.of(), new Undo(ledger).all());
        assertTrue(Files.exists(shared.resolve("theirs")));
        assertFalse(Files.exists(shared.resolve("ours")));
    }

    @Test
    void aFolderThatWasThereAndGotMountedIsUnmounted() throws Exception {
        assumeTrue(Machine.isRoot(), "needs root");
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Files.createDirectory(shared.resolve("theirs"));
        Ledger ledger = new Ledger(folder.resolve("data/ledger"));
        ledger.recordUnmounted(shared);
        ledger.recordContents(shared);
        Files.createDirectories(shared.resolve("ours/volume"));
        Command.must("mount", "--bind", shared.toString(), shared.toString());
        Command.must(
                "mount", "-t", "tmpfs", "none", shared.resolve("ours/volume").toString());
        ledger.recordUnmounted(shared);
        assertEquals(List.of(), new Undo(ledger).all());
        assertFalse(Undo.mountPoints().contains(shared.toString()));
        assertTrue(Files.exists(shared.resolve("theirs")));
        assertFalse(Files.exists(shared.resolve("ours")));
    }

    @Test
    void aFolderThatWasAMountPointStaysOne() throws Exception {
        assumeTrue(Machine.isRoot(), "needs root");
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Command.must("mount", "--bind", shared.toString(), shared.toString());
        try {
            Ledger ledger = new Ledger(folder.resolve("data/ledger"));
            ledger.recordUnmounted(shared);
            ledger.recordContents(shared);
            assertEquals(List.of(), new Undo(ledger).all());
            assertTrue(Undo.mountPoints().contains(shared.toString()));
        } finally {
            Command.must("umount", shared.toString());
        }
    }

    @Test
    void aFolderThatWasAbsentGoesAsAWholeHoweverOftenItIsRecorded() throws Exception {
        Path made = folder.resolve("made");
        Ledger ledger = new Ledger(folder.resolve("data/ledger"));
        ledger.recordContents(made);
        Files.createDirectories(made.resolve("pods"));
        ledger.recordContents(made.resolve("pods"));
        assertEquals(1, ledger.entries().size());
        assertEquals(List.of(), new Undo(ledger).all());
        assertFalse(Files.exists(made));
    }

    @Test
    void aChangeIsWrittenDownOnceWithItsFirstFormerValue() {
        Ledger ledger = new Ledger(folder.resolve("ledger"));
        ledger.record(Ledger.Kind.SYSCTL, "net/ipv4/ip_forward", "0");
        ledger.record(Ledger.Kind.SYSCTL, "net/ipv4/ip_forward", "1");
        assertEquals(List.of(new Ledger.Entry(Ledger.Kind.SYSCTL, "net/ipv4/ip_forward", "0")), ledger.entries());
    }

    @Test
    void aLineCutShortIsLeftOut() throws Exception {
        Path file = folder.resolve("ledger");
        Files.writeString(file, "PATH\t/a\t\nPATH");
        assertEquals(1, new Ledger(file).entries().size());
    }

    @Test
    void settingsRememberWhatTheyWere() throws Exception {
        Path root = Files.createDirectories(folder.resolve("sys"));
        Files.writeString(root.resolve("limit"), "128\n");
        Ledger ledger = new Ledger(folder.resolve("ledger"));
        Sysctls sysctls = new Sysctls(root, ledger);
        sysctls.raise("limit", 100);
        assertTrue(ledger.entries().isEmpty());
        sysctls.raise("limit", 8192);
        assertEquals("8192", Files.readString(root.resolve("limit")));
        assertEquals("128", ledger.entries().getFirst().former());
    }
}
