package io.argosy.kubelet.server;

import io.argosy.daemon.clock.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Reads a container's log in CRI's form ({@code time stream tag text}) and writes the text, following it if asked. */
final class LogReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_LINE = 1024 * 1024;

    /** Takes what was read. */
    interface Sink {

        void write(byte[] bytes, int offset, int length) throws IOException;

        void flush() throws IOException;

        boolean closed();
    }

    private final Path log;
    private final LogOptions options;
    private final BooleanSupplier running;
    private final Clock clock;
    private final Sink sink;
    private long left;

    /** @param running whether more may come */
    LogReader(Path log, LogOptions options, BooleanSupplier running, Clock clock, Sink sink) {
        this.log = log;
        this.options = options;
        this.running = running;
        this.clock = clock;
        this.sink = sink;
        this.left = options.limit().orElse(Long.MAX_VALUE);
    }

    void copy() throws IOException, InterruptedException {
        long from = options.tail().isPresent() ? tailStart(options.tail().getAsLong()) : 0;
        RandomAccessFile in = new RandomAccessFile(log.toFile(), "r");
        try {
            in.seek(from);
            ByteArrayOutputStream partial = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            while (left > 0 && !sink.closed()) {
                boolean alive = options.follow() && running.getAsBoolean();
                int n = in.read(block);
                if (n > 0) {
                    lines(block, n, partial);
                    continue;
                }
                sink.flush();
                if (replaced(in)) {
                    in.close();
                    in = new RandomAccessFile(log.toFile(), "r");
                    continue;
                }
                if (!alive) {
                    break;
                }
                clock.sleep(POLL);
            }
            sink.flush();
        } finally {
            in.close();
        }
    }

    /** Whether the log was rotated: the name leads to another, shorter file. */
    private boolean replaced(RandomAccessFile in) throws IOException {
        return options.follow() && Files.exists(log) && Files.size(log) < in.getFilePointer();
    }

    private void lines(byte[] block, int n, ByteArrayOutputStream partial) throws IOException {
        int start = 0;
        for (int i = 0; i < n && left > 0; i++) {
            if (block[i] == '\n') {
                partial.write(block, start, i - start + 1);
                line(partial.toByteArray());
                partial.reset();
                start = i + 1;
            }
        }
        if (partial.size() + n - start > LONGEST_LINE) {
            throw new IOException("a line of the log is longer than 1 MiB");
        }
        partial.write(block, start, n - start);
    }

    private void line(byte[] line) throws IOException {
        int first = indexOf(line, 0);
        int second = first < 0 ? -1 : indexOf(line, first + 1);
        int third = second < 0 ? -1 : indexOf(line, second + 1);
        if (third < 0) {
            return;
        }
        String stream = new String(line, first + 1, second - first - 1, StandardCharsets.US_ASCII);
        if (!options.stream().isEmpty() && !options.stream().equals(stream)) {
            return;
        }
        if (options.since().isPresent()) {
            Instant at = Instant.parse(normalized(new String(line, 0, first, StandardCharsets.US_ASCII)));
            if (at.isBefore(options.since().get())) {
                return;
            }
        }
        boolean whole = line[second + 1] == 'F';
        if (options.timestamps()) {
            write(line, 0, first + 1);
        }
        write(line, third + 1, line.length - third - 1 - (whole ? 0 : 1));
    }

    private static String normalized(String time) {
        return time.endsWith("Z")
                ? time
                : java.time.OffsetDateTime.parse(time).toInstant().toString();
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        int n = (int) Math.min(left, length);
        if (n > 0) {
            sink.write(bytes, offset, n);
            left -= n;
        }
    }

    private static int indexOf(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    /** Where the last so many lines begin, found backwards block by block. */
    private long tailStart(long lines) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            long end = in.length();
            if (lines == 0) {
                return end;
            }
            long at = end;
            long seen = 0;
            byte[] block = new byte[BLOCK];
            while (at > 0) {
                int n = (int) Math.min(BLOCK, at);
                at -= n;
                in.seek(at);
                in.readFully(block, 0, n);
                for (int i = n - 1; i >= 0; i--) {
                    boolean last = at + i == end - 1;
                    if (block[i] == '\n' && !last && ++seen == lines) {
                        return at + i + 1;
                    }
                }
            }
            return 0;
        }
    }
}
