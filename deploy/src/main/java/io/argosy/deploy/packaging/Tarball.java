package io.argosy.deploy.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The distribution as one file: sorted entries, one date, owned by root, no trace of who packed it or when. The same folder
 * gives the same bytes.
 */
final class Tarball {

    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;
    private static final int LINK = 0777;

    private Tarball() {}

    /** Packs a folder under its own name. */
    static void write(Path folder, Path target) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(java.util.zip.Deflater.BEST_SPEED);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                OutputStream packed = new GzipCompressorOutputStream(file, parameters);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Path path : contents(folder)) {
                add(tar, folder, path);
            }
        }
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            // The marker of the last build stays where it was built.
            return tree.filter(path -> !path.equals(folder.resolve(".built")))
                    .sorted()
                    .toList();
        }
    }

    private static void add(TarArchiveOutputStream tar, Path folder, Path path) throws IOException {
        String name = folder.getParent().relativize(path).toString();
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(path)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setMode(LINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
        } else if (Files.isDirectory(path)) {
            entry = new TarArchiveEntry(name + "/", TarConstants.LF_DIR);
            entry.setMode(EXECUTABLE);
        } else {
            entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(path));
            entry.setMode(Files.isExecutable(path) ? EXECUTABLE : PLAIN);
        }
        entry.setModTime(Distribution.DATE);
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }
}
