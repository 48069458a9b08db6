package io.argosy.apiserver.storage.encryption;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * NaCl's secretbox, XSalsa20 with Poly1305: the nonce, the tag and the cipher text. The first 32 bytes of the key stream
 * are the key of the tag. Not bound to the key of the object.
 */
final class SecretBox implements Transformer {

    private static final int NONCE = 24;
    private static final int TAG = 16;
    private static final int TAG_KEY = 32;

    private final byte[] secret;
    private final SecureRandom random;

    SecretBox(byte[] secret, SecureRandom random) {
        this.secret = secret.clone();
        this.random = random;
    }

    @Override
    public byte[] seal(String key, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] stored = Arrays.copyOf(nonce, NONCE + TAG + plain.length);
        XSalsa20Engine stream = stream(nonce);
        Poly1305 tag = tag(stream);
        stream.processBytes(plain, 0, plain.length, stored, NONCE + TAG);
        tag.update(stored, NONCE + TAG, plain.length);
        tag.doFinal(stored, NONCE);
        return stored;
    }

    @Override
    public Opened open(String key, byte[] stored) {
        if (stored.length < NONCE + TAG) {
            throw new SealedException("the stored data was shorter than the required size");
        }
        XSalsa20Engine stream = stream(Arrays.copyOf(stored, NONCE));
        Poly1305 tag = tag(stream);
        int length = stored.length - NONCE - TAG;
        tag.update(stored, NONCE + TAG, length);
        byte[] expected = new byte[TAG];
        tag.doFinal(expected, 0);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(stored, NONCE, NONCE + TAG))) {
            throw new SealedException("the stored data is not authentic");
        }
        byte[] plain = new byte[length];
        stream.processBytes(stored, NONCE + TAG, length, plain, 0);
        return new Opened(plain, false);
    }

    private XSalsa20Engine stream(byte[] nonce) {
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(true, new ParametersWithIV(new KeyParameter(secret), nonce));
        return stream;
    }

    private static Poly1305 tag(XSalsa20Engine stream) {
        byte[] key = new byte[TAG_KEY];
        stream.processBytes(key, 0, TAG_KEY, key, 0);
        Poly1305 tag = new Poly1305();
        tag.init(new KeyParameter(key));
        return tag;
    }
}
