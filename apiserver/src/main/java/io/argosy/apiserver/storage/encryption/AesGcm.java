package io.argosy.apiserver.storage.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with random nonces: the nonce, the cipher text and its tag, bound to the key of the object. */
final class AesGcm implements Transformer {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec secret;
    private final SecureRandom random;

    AesGcm(byte[] secret, SecureRandom random) {
        this.secret = new SecretKeySpec(secret, "AES");
        this.random = random;
    }

    @Override
    public byte[] seal(String key, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, key).doFinal(plain);
            byte[] stored = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, stored, NONCE, sealed.length);
            return stored;
        } catch (GeneralSecurityException broken) {
            throw new SealedException("AES-GCM failed", broken);
        }
    }

    @Override
    public Opened open(String key, byte[] stored) {
        if (stored.length < NONCE) {
            throw new SealedException("the stored data was shorter than the required size");
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(stored, NONCE), key)
                    .doFinal(stored, NONCE, stored.length - NONCE);
            return new Opened(plain, false);
        } catch (GeneralSecurityException wrong) {
            throw new SealedException("cipher: message authentication failed", wrong);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(key.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
