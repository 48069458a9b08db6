package io.argosy.apiserver.storage.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards TCP connections to a port, and cuts them when a test says so. */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean cutAfterAnswer;
    private volatile int cutAfterBytes;
    private volatile boolean refusing;

    CuttingProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    /** From now on each new connection is cut when this many bytes have come from the target. */
    void cutEachAfter(int bytes) {
        cutAfterBytes = bytes;
    }

    /** The next bytes from the target are thrown away with their connection. */
    void cutBeforeNextAnswer() {
        cutAfterAnswer = true;
    }

    void refuse(boolean now) {
        refusing = now;
        if (now) {
            cutAll();
        }
    }

    void cutAll() {
        sockets.forEach(CuttingProxy::cut);
        sockets.clear();
        cuts.incrementAndGet();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    cut(client);
                    continue;
                }
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(upstream);
                Thread.ofVirtual().start(() -> pump(client, upstream, false));
                Thread.ofVirtual().start(() -> pump(upstream, client, true));
            } catch (IOException closed) {
                Thread.onSpinWait();
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        int passed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && cutAfterAnswer) {
                    cutAfterAnswer = false;
                    cuts.incrementAndGet();
                    return;
                }
                int limit = cutAfterBytes;
                if (answers && limit > 0 && passed + read >= limit) {
                    out.write(buffer, 0, limit - passed);
                    out.flush();
                    cuts.incrementAndGet();
                    return;
                }
                passed += read;
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException broken) {
            cut(from);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        sockets.forEach(CuttingProxy::cut);
    }
}
