package dev.waybill.compare.jar;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.verdict.Rule;
import java.io.IOException;
import java.util.regex.Pattern;

/** Signature files of jars (JAR File Specification, "Signed JAR File"). */
public final class SignatureFormat implements Format {
    private static final Pattern PLACE = Pattern.compile("META-INF/(?:[^/]+\\.(?:SF|RSA|DSA|EC)|SIG-[^/]+)");

    /** Names a signature that is there on one side only. */
    public static final Rule RULE = JarRules.SIGNATURE;

    public static boolean isSignature(String name) {
        return PLACE.matcher(name).matches();
    }

    @Override
    public String name() {
        return "jar signature";
    }

    @Override
    public boolean claims(Look look) {
        return isSignature(look.place().name());
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        return Form.builder("jar signature")
                .add(Part.droppable("signature", Atom.hash(bytes), JarRules.SIGNATURE))
                .build();
    }
}
