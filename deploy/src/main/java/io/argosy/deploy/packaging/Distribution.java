package io.argosy.deploy.packaging;

import io.argosy.deploy.host.Command;
import io.argosy.deploy.image.OciArchive;
import io.argosy.deploy.node.SystemdUnits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays out the distribution: {@code bin/} launchers, {@code lib/} jars, class paths and AOT caches, {@code runtime/} a
 * jlinked Java, {@code images/} of our own pods, {@code systemd/} units. Called by the build, with the folder of the
 * {@code deploy} module and the folder to lay out.
 */
public final class Distribution {

    static final String RUNTIME_MODULES = String.join(
            ",",
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "java.xml",
            "java.compiler",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private static final String VERSION = "1.36.0";

    /** Of every file that the build did not make anew for this machine. */
    static final FileTime DATE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private final Path module;
    private final Path target;

    private Distribution(Path module, Path target) {
        this.module = module;
        this.target = target;
    }

    /** @param arguments the module's folder, the folder to lay out, and the tarball to pack it into, or {@code none} */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[1]);
        new Distribution(Path.of(arguments[0]), target).layOut();
        if (!arguments[2].equals("none")) {
            Tarball.write(target.toAbsolutePath(), Path.of(arguments[2]));
        }
    }

    private void layOut() throws IOException {
        runtime();
        launchers();
        units();
        AotCaches.make(target, Executable.all());
        images();
    }

    /** The JDK that builds gives the runtime; made anew only when the JDK is another. */
    private void runtime() throws IOException {
        Path jdk = Path.of(System.getProperty("java.home"));
        Path runtime = target.resolve("runtime");
        Path marker = runtime.resolve("modules.list");
        String wanted = Runtime.version() + "\n" + RUNTIME_MODULES + "\n";
        if (Files.exists(marker) && Files.readString(marker).equals(wanted)) {
            return;
        }
        delete(runtime);
        Command.must(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                RUNTIME_MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive",
                "--output",
                runtime.toString());
        Files.writeString(marker, wanted);
        dateAll(runtime);
    }

    /**
     * Gives files one date: the distribution is the same whenever it is built, and an AOT cache, which knows its jars by
     * size and date, is good wherever the files are copied to.
     */
    private static void dateAll(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.toList()) {
                Files.setLastModifiedTime(file, DATE);
            }
        }
    }

    private void launchers() throws IOException {
        Path bin = Files.createDirectories(target.resolve("bin"));
        Path launch = Files.createDirectories(target.resolve("lib/launch"));
        Path dist = module.resolve("src/main/dist");
        for (Executable executable : Executable.all()) {
            copyExecutable(dist.resolve("launcher"), bin.resolve(executable.name()));
            String text = "main=" + executable.mainClass() + "\noptions='" + String.join(" ", executable.options())
                    + "'\nclasspath=" + classPath(executable) + "\n";
            Files.writeString(launch.resolve(executable.name()), text);
        }
        copyExecutable(dist.resolve("bin/argosy-supervise"), bin.resolve("argosy-supervise"));
    }

    /** Units for those who write the daemons' flags themselves; {@code argosy up} writes units of its own. */
    private void units() throws IOException {
        Path units = Files.createDirectories(target.resolve("lib/systemd/system"));
        for (Executable executable : Executable.all()) {
            if (executable.isDaemonOfTheMachine()) {
                Files.writeString(
                        units.resolve(SystemdUnits.name(executable.name())), SystemdUnits.packaged(executable.name()));
            }
        }
    }

    /** Relative to {@code $home}, which the launcher knows. */
    private String classPath(Executable executable) throws IOException {
        return jars(executable).stream()
                .map(jar -> "$home/lib/" + jar.getFileName())
                .collect(Collectors.joining(":"));
    }

    /** The jars of an executable, in {@code lib/}: its module's own first, then the module's run-time class path. */
    private List<Path> jars(Executable executable) throws IOException {
        Path from = module.resolveSibling(executable.module()).resolve("target");
        List<Path> built = new ArrayList<>();
        built.add(from.resolve(executable.module() + "-" + VERSION + ".jar"));
        for (String jar : Files.readString(from.resolve("class-path")).strip().split(":")) {
            built.add(Path.of(jar));
        }
        List<Path> jars = new ArrayList<>();
        for (Path jar : built) {
            jars.add(intoLib(jar));
        }
        return jars;
    }

    private Path intoLib(Path jar) throws IOException {
        Path lib = Files.createDirectories(target.resolve("lib"));
        Path inside = lib.resolve(Objects.requireNonNull(jar.getFileName()).toString());
        if (!Files.exists(inside) || Files.mismatch(inside, jar) >= 0) {
            Files.copy(jar, inside, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setLastModifiedTime(inside, DATE);
        return inside;
    }

    private void images() throws IOException {
        Path images = Files.createDirectories(target.resolve("images"));
        OciArchive.write(
                images.resolve("pause.tar"),
                new OciArchive.Config(ImageNames.PAUSE, List.of("/pause", "-P"), List.of(), "65535:65535"),
                Map.of("/pause", new OciArchive.Source(Path.of("/usr/bin/catatonit"), true)));
        Map<String, OciArchive.Source> dns = new TreeMap<>();
        addTree(dns, target.resolve("runtime"), "/argosy/runtime");
        Executable executable = Executable.all().stream()
                .filter(each -> each.name().equals("cluster-dns"))
                .findFirst()
                .orElseThrow();
        List<String> classPath = new ArrayList<>();
        for (Path jar : jars(executable)) {
            String inside = "/argosy/lib/" + jar.getFileName();
            dns.put(inside, new OciArchive.Source(jar, false));
            classPath.add(inside);
        }
        SystemLibraries.of(target.resolve("runtime"))
                .forEach((path, file) -> dns.put(path, new OciArchive.Source(file, true)));
        dns.put(
                "/argosy/lib/aot/cluster-dns.aot",
                new OciArchive.Source(target.resolve("lib/aot/cluster-dns.aot"), false));
        List<String> entrypoint = new ArrayList<>(List.of("/argosy/runtime/bin/java"));
        entrypoint.addAll(executable.options());
        entrypoint.addAll(List.of(
                "-XX:AOTCache=/argosy/lib/aot/cluster-dns.aot",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xlog:aot=off",
                "-Xlog:cds=off",
                "-XX:+UseCompactObjectHeaders",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                String.join(":", classPath),
                executable.mainClass()));
        OciArchive.write(
                images.resolve("dns.tar"),
                new OciArchive.Config(ImageNames.DNS, entrypoint, List.of("MALLOC_ARENA_MAX=2"), "65532:65532"),
                dns);
    }

    private static void addTree(Map<String, OciArchive.Source> files, Path folder, String inside) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.startsWith("legal/") && !name.endsWith(".jsa")) {
                    files.put(inside + "/" + name, new OciArchive.Source(file, Files.isExecutable(file)));
                }
            }
        }
    }

    private static void copyExecutable(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        if (!to.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + to + " executable");
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
