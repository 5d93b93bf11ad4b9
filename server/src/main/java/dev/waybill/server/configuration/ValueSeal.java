package dev.waybill.server.configuration;

import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.verify.Commitment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts values with AES-256-GCM (NIST SP 800-38D) under one key with a random nonce each. Slot, version and key are
 * authenticated with the value, so that a row moved elsewhere opens nowhere. The key of the commitment is sealed together
 * with the value: whoever reads only the ledger can test no guess.
 */
public final class ValueSeal {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    /** @param key 32 random bytes */
    ValueSeal(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Where a value stands. */
    record Place(Slot slot, long version, String name) {
        byte[] associated() {
            return ("waybill configuration v1\n" + slot + "\n" + version + "\n" + name)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A value with the random key of its commitment; a value that is carried into a new version keeps both. */
    static final class Committed {
        private final byte[] commitmentKey;
        private final byte[] value;

        private Committed(byte[] commitmentKey, byte[] value) {
            this.commitmentKey = commitmentKey;
            this.value = value;
        }

        static Committed fresh(byte[] value) {
            return new Committed(random(KEY_BYTES), value);
        }

        byte[] value() {
            return value.clone();
        }

        String commitment() {
            return Commitment.of(commitmentKey, value);
        }

        /** Base64; for whoever may have the value. */
        String commitmentKey() {
            return Base64.getEncoder().encodeToString(commitmentKey);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Committed c
                    && Arrays.equals(c.commitmentKey, commitmentKey)
                    && Arrays.equals(c.value, value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(commitmentKey);
        }

        /** Says nothing: values are in no log. */
        @Override
        public String toString() {
            return "Committed[" + value.length + " bytes]";
        }
    }

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /** Nonce, then ciphertext with tag. */
    byte[] seal(Place place, Committed committed) {
        byte[] nonce = random(NONCE);
        byte[] plain = Arrays.copyOf(committed.commitmentKey, KEY_BYTES + committed.value.length);
        System.arraycopy(committed.value, 0, plain, KEY_BYTES, committed.value.length);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(plain);
            byte[] out = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, out, NONCE, sealed.length);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
    }

    /** {@code CONFIGURATION_UNREADABLE} when the key is another one or the row was changed or moved. */
    Committed open(Place place, byte[] sealed) {
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, place, nonce).doFinal(sealed, NONCE, sealed.length - NONCE);
            return new Committed(Arrays.copyOf(plain, KEY_BYTES), Arrays.copyOfRange(plain, KEY_BYTES, plain.length));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Problem.Unavailable(
                            "CONFIGURATION_UNREADABLE",
                            "Reading " + place.name() + " of " + place.slot() + " version " + place.version(),
                            "it does not open under keys/" + FileConfigurationKey.NAME + ".",
                            "Restore that file, or the database, from the same backup.")
                    .exception();
        }
    }

    private Cipher cipher(int mode, Place place, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.associated());
        return cipher;
    }
}
