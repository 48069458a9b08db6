package io.argosy.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageNameTest {

    @Test
    void readsReferences() {
        assertEquals(Optional.of(new ImageName("docker.io", "library/busybox", "", "")), ImageName.parse("busybox"));
        assertEquals(
                Optional.of(new ImageName("localhost:5000", "a/b", "v1", "")),
                ImageName.parse("localhost:5000/a/b:v1"));
        String digest = "sha256:" + "0".repeat(64);
        assertEquals(Optional.of(new ImageName("quay.io", "a", "t", digest)), ImageName.parse("quay.io/a:t@" + digest));
        assertEquals(
                "busybox:latest",
                ImageName.withDefaultTag("busybox", ImageName.parse("busybox").orElseThrow()));
    }

    @Test
    void refusesWhatIsNone() {
        for (String text : List.of("", "UPPER", "a b", "a:", "a@sha256:12", "docker.io/", "//a", "INVALID IMAGE")) {
            assertTrue(ImageName.parse(text).isEmpty(), text);
        }
    }
}
