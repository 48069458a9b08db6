package io.argosy.apiserver.storage.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-CBC with PKCS #7 padding: the initialization vector, then the blocks. Not bound to the key of the object. */
final class AesCbc implements Transformer {

    private static final int BLOCK = 16;

    private final SecretKeySpec secret;
    private final SecureRandom random;

    AesCbc(byte[] secret, SecureRandom random) {
        this.secret = new SecretKeySpec(secret, "AES");
        this.random = random;
    }

    @Override
    public byte[] seal(String key, byte[] plain) {
        byte[] vector = new byte[BLOCK];
        random.nextBytes(vector);
        try {
            byte[] blocks = cipher(Cipher.ENCRYPT_MODE, vector).doFinal(plain);
            byte[] stored = Arrays.copyOf(vector, BLOCK + blocks.length);
            System.arraycopy(blocks, 0, stored, BLOCK, blocks.length);
            return stored;
        } catch (GeneralSecurityException broken) {
            throw new SealedException("AES-CBC failed", broken);
        }
    }

    @Override
    public Opened open(String key, byte[] stored) {
        if (stored.length < BLOCK) {
            throw new SealedException("the stored data was shorter than the required size");
        }
        if (stored.length % BLOCK != 0) {
            throw new SealedException("the stored data is not a multiple of the block size");
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(stored, BLOCK))
                    .doFinal(stored, BLOCK, stored.length - BLOCK);
            return new Opened(plain, false);
        } catch (GeneralSecurityException wrong) {
            throw new SealedException("invalid padding on input", wrong);
        }
    }

    @SuppressWarnings("InsecureCryptoUsage") // The form that existing clusters hold.
    private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, secret, new IvParameterSpec(vector));
        return cipher;
    }
}
