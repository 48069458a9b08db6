package io.argosy.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.daemon.clock.Clock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    private static final String LOG = """
            2026-01-01T00:00:01.5Z stdout F one
            2026-01-01T00:00:02.5Z stderr F two
            2026-01-01T00:00:03.5Z stdout P thr
            2026-01-01T00:00:03.6Z stdout F ee
            """;

    @TempDir
    Path directory;

    private String read(String query) throws Exception {
        Path log = directory.resolve("0.log");
        Files.writeString(log, LOG);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogReader.Sink sink = new LogReader.Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() {}

            @Override
            public boolean closed() {
                return false;
            }
        };
        LogOptions options = LogOptions.of(Query.parse(query), Instant.parse("2026-01-01T00:00:05Z"));
        new LogReader(log, options, () -> false, Clock.system(), sink).copy();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void joinsPartsAndDropsPrefixes() throws Exception {
        assertEquals("one\ntwo\nthree\n", read(""));
    }

    @Test
    void keepsWhatIsAskedFor() throws Exception {
        assertEquals("ee\n", read("tailLines=1"));
        assertEquals("", read("tailLines=0"));
        assertEquals("two\n", read("stream=Stderr"));
        assertEquals("one", read("limitBytes=3"));
        assertEquals("three\n", read("sinceSeconds=2"));
        assertEquals("two\nthree\n", read("sinceTime=2026-01-01T00:00:02Z"));
        assertEquals("2026-01-01T00:00:02.5Z two\n", read("timestamps=true&stream=stderr"));
    }

    @Test
    void followsToTheEndOfAContainerThatHasEnded() throws Exception {
        assertEquals("one\ntwo\nthree\n", read("follow=true"));
    }
}
