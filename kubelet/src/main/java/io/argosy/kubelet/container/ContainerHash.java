package io.argosy.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.charset.StandardCharsets;

/**
 * The number that tells whether a running container is still the one its pod asks for. It covers name and image, and is
 * equal to the one upstream writes (FNV-1a over a printed byte list), so that a node may change hands without restarts.
 */
public final class ContainerHash {

    private ContainerHash() {}

    public static long of(Container container) {
        String json = "{\"image\":\"" + container.getImage() + "\",\"name\":\"" + container.getName() + "\"}";
        StringBuilder printed = new StringBuilder("([]uint8)[");
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                printed.append(' ');
            }
            printed.append(bytes[i] & 0xff);
        }
        printed.append(']');
        int hash = 0x811c9dc5;
        for (int i = 0; i < printed.length(); i++) {
            hash ^= printed.charAt(i);
            hash *= 0x01000193;
        }
        return hash & 0xffffffffL;
    }

    public static String hex(Container container) {
        return Long.toHexString(of(container));
    }
}
