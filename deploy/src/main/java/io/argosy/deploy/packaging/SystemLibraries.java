package io.argosy.deploy.packaging;

import io.argosy.deploy.host.Command;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shared libraries of this system that a Java runtime needs, for images that hold nothing else. */
final class SystemLibraries {

    private static final Pattern LINE = Pattern.compile("(?:=> )?(/\\S+\\.so\\S*) \\(0x");

    private SystemLibraries() {}

    /** Path in the image (as the loader looks for it) to the file here. */
    static Map<String, Path> of(Path runtime) {
        Map<String, Path> libraries = new TreeMap<>();
        for (String binary :
                new String[] {"bin/java", "lib/libjava.so", "lib/libnet.so", "lib/libnio.so", "lib/server/libjvm.so"}) {
            String listed = Command.must("ldd", runtime.resolve(binary).toString());
            Matcher matcher = LINE.matcher(listed);
            while (matcher.find()) {
                Path file = Path.of(matcher.group(1));
                if (!file.startsWith(runtime.toAbsolutePath())) {
                    libraries.put(file.toString(), file);
                }
            }
        }
        return libraries;
    }
}
