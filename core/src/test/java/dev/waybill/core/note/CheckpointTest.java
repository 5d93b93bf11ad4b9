package dev.waybill.core.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.merkle.Hash;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LogKey log = key("ledger.acme.example");
    private final LogKey witness = key("agent.acme.example/one");
    private final LogIdentity identity = LogIdentity.of(log.verifier());
    private final Checkpoint checkpoint = new Checkpoint("ledger.acme.example", 7, Hash.leaf(new byte[] {1}));

    @Test
    void the_key_and_the_note_of_the_specification_verify() {
        String vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        NoteKey key = NoteKey.parse(vkey);
        assertThat(key.toString()).isEqualTo(vkey);
        assertThat(key.id()).isEqualTo(0x530d903a);
        SignedNote note = SignedNote.parse("This is an example message.\n\n\u2014 example.com/foo "
                + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");
        assertThat(key.claims(note.signatures().getFirst())).isTrue();
        assertThat(key.verifies(note.text(), note.signatures().getFirst())).isTrue();
        assertThat(key.verifies("Another message.\n", note.signatures().getFirst()))
                .isFalse();
    }

    @Test
    void a_signed_checkpoint_opens_and_keeps_its_bytes() {
        SignedNote note = log.sign(checkpoint);
        SignedNote read = SignedNote.parse(note.bytes());
        assertThat(read).isEqualTo(note);
        assertThat(read.encode()).isEqualTo(note.encode());
        assertThat(identity.open(read)).isEqualTo(checkpoint);
        assertThat(NoteKey.parse(log.verifier().toString())).isEqualTo(log.verifier());
    }

    @Test
    void any_changed_byte_of_text_or_signature_refuses_the_note() {
        byte[] bytes = log.sign(checkpoint).bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> identity.open(SignedNote.parse(changed)))
                    .as("byte " + i)
                    .hasMessageMatching("(?s)(LOG_KEY_INVALID|NOTE_MALFORMED|HASH_INVALID).*");
        }
    }

    @Test
    void another_key_under_the_same_name_and_another_origin_are_refused() {
        LogKey impostor = key("ledger.acme.example");
        assertThatThrownBy(() -> identity.open(impostor.sign(checkpoint))).hasMessageStartingWith("LOG_KEY_INVALID");
        LogKey elsewhere = key("other.example");
        SignedNote foreign = elsewhere.sign(new Checkpoint("other.example", 7, checkpoint.root()));
        assertThatThrownBy(() -> identity.open(foreign)).hasMessageStartingWith("LOG_KEY_INVALID");
        assertThatThrownBy(() -> log.sign(new Checkpoint("other.example", 7, checkpoint.root())))
                .hasMessageStartingWith("NOTE_MALFORMED");
    }

    @Test
    void a_witness_signs_the_text_and_the_time() {
        SignedNote note = log.sign(checkpoint);
        SignedNote cosigned = note.with(witness.cosign(note, NOON)).with(witness.cosign(note, NOON));
        assertThat(cosigned.signatures()).hasSize(2);
        NoteKey verifier = NoteKey.parse(witness.cosignatureVerifier().toString());
        assertThat(LogIdentity.cosignatures(SignedNote.parse(cosigned.encode()), List.of(verifier, verifier)))
                .containsExactly(new Cosignature(verifier, NOON));
        assertThat(identity.open(cosigned)).isEqualTo(checkpoint);

        SignedNote other = log.sign(new Checkpoint("ledger.acme.example", 8, checkpoint.root()));
        SignedNote stapled = other.with(witness.cosign(note, NOON));
        assertThatThrownBy(() -> LogIdentity.cosignatures(stapled, List.of(verifier)))
                .hasMessageStartingWith("COSIGNATURE_INVALID");
        assertThat(LogIdentity.cosignatures(note, List.of(verifier))).isEmpty();
    }

    @Test
    void malformed_notes_and_checkpoints_are_refused() {
        String line = "\u2014 a AAAAAAAAAAA=\n";
        List<String> notes = List.of(
                "",
                "a\n1\n",
                "a\n\n",
                "a\r\n1\n\n" + line,
                "a\n\n" + line.replace("\u2014", "-"),
                "a\n\n" + line.replace("=", ""),
                "a\n\n" + line.strip(),
                "a\n\n" + line.replace(" a ", " a+b "),
                "a\n\n" + line + "\nx",
                "a\n\n\u2014 a AAAA\n");
        for (String note : notes) {
            assertThatThrownBy(() -> SignedNote.parse(note)).as(note).hasMessageStartingWith("NOTE_MALFORMED");
        }
        String root = checkpoint.root().toString();
        List<String> texts = List.of(
                "a\n1\n",
                "a\n01\n" + root + "\n",
                "a\n-1\n" + root + "\n",
                "a\n9999999999999999999\n" + root + "\n",
                "a\n1\n" + root,
                "\n1\n" + root + "\n",
                "a\n1\n" + root.substring(1) + "\n",
                "a\n1\n" + root + "\n\nx\n");
        for (String text : texts) {
            assertThatThrownBy(() -> Checkpoint.parse(text))
                    .as(text)
                    .hasMessageMatching("(?s)(NOTE_MALFORMED|HASH_INVALID).*");
        }
    }

    @Test
    void a_verifier_key_with_a_wrong_id_type_or_length_is_refused() {
        String good = log.verifier().toString();
        for (String bad : List.of(
                good.replaceFirst("\\+[0-9a-f]{8}\\+", "+00000000+"),
                good.substring(0, good.length() - 4),
                "x" + good,
                "noplus",
                good.replaceFirst("\\+A", "+B"))) {
            assertThatThrownBy(() -> NoteKey.parse(bad)).as(bad).hasMessageStartingWith("NOTE_MALFORMED");
        }
    }

    private static LogKey key(String name) {
        KeyPair pair = LogKey.generate();
        return new LogKey(name, pair.getPrivate(), pair.getPublic().getEncoded());
    }
}
