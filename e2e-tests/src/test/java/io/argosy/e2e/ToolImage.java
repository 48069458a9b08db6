package io.argosy.e2e;

import io.argosy.deploy.image.OciArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image with busybox and nothing else, for the pods of the tests. */
final class ToolImage {

    static final String NAME = "argosy.io/e2e-tools:1";

    private static final List<String> APPLETS = List.of(
            "sh",
            "httpd",
            "nc",
            "wget",
            "sleep",
            "cat",
            "echo",
            "tar",
            "nslookup",
            "ls",
            "env",
            "true",
            "false",
            "date",
            "hostname",
            "id",
            "mkdir",
            "touch",
            "rm",
            "printf",
            "seq",
            "grep",
            "kill",
            "trap");

    private ToolImage() {}

    static void write(Path target) throws IOException {
        Map<String, OciArchive.Source> files = new TreeMap<>();
        for (String applet : APPLETS) {
            files.put("/bin/" + applet, new OciArchive.Source(Path.of("/bin/busybox"), true));
        }
        OciArchive.write(target, new OciArchive.Config(NAME, List.of("/bin/sh"), List.of("PATH=/bin"), "0:0"), files);
    }
}
