package io.argosy.deploy.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Set;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** PEM files, written whole or not at all: keys for root alone (0600), certificates for everyone (0644). */
final class KeyFiles {

    private KeyFiles() {}

    /** In the form of PKCS #8, which every reader of keys takes. */
    static void writeSecret(Path file, PrivateKey key) {
        try {
            write(file, "rw-------", pem(new JcaPKCS8Generator(key, null)));
        } catch (PemGenerationException e) {
            throw new IllegalStateException("cannot write the key " + file, e);
        }
    }

    static void writePublic(Path file, Object... pemObjects) {
        write(file, "rw-r--r--", pem(pemObjects));
    }

    static String pem(Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString();
    }

    static void write(Path file, String permissions, String text) {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
        FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(mode);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(temporary);
            Files.createFile(temporary, attribute);
            Files.setPosixFilePermissions(temporary, mode);
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
