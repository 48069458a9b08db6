package io.argosy.deploy.host;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Asks a DNS server one question by UDP (RFC 1035), to see that it answers. */
public final class DnsQuestion {

    private static final int TIMEOUT_MILLIS = 500;
    private static final int ID = 0x4152;

    private DnsQuestion() {}

    /** Whether the server gives at least one A record for {@code name} within half a second. */
    public static boolean answers(String server, String name) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server, 53));
            byte[] question = question(name);
            socket.send(new DatagramPacket(question, question.length));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            byte[] data = answer.getData();
            boolean noError = (data[3] & 0x0f) == 0;
            int records = (data[6] & 0xff) << 8 | (data[7] & 0xff);
            return noError && records > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] question(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(ID);
        out.writeShort(0x0100);
        out.writeShort(1);
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(0);
        for (String label : name.split("\\.")) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        out.writeShort(1);
        out.writeShort(1);
        return bytes.toByteArray();
    }
}
