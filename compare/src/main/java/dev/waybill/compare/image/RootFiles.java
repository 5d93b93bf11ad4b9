package dev.waybill.compare.image;

import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.util.List;

/** The files of an image above the layers that the other image has too. */
final class RootFiles implements Lazy.Making {
    private final List<Content> layers;
    private final List<String> digests;
    private final Reading reading;

    RootFiles(List<Content> layers, List<String> digests, Reading reading) {
        this.layers = layers;
        this.digests = digests;
        this.reading = reading;
    }

    @Override
    public Form make() throws IOException {
        return from(0);
    }

    /** Equal layers at the bottom give equal files, so only what lies on them is opened. */
    @Override
    public Form makeBeside(Lazy other) throws IOException {
        int shared = 0;
        if (other.making() instanceof RootFiles that) {
            while (shared < digests.size()
                    && shared < that.digests.size()
                    && digests.get(shared).equals(that.digests.get(shared))) {
                shared++;
            }
        }
        return from(shared);
    }

    private Form from(int shared) throws IOException {
        Form.Builder form = Form.builder("files");
        form.add(Part.of("shared layers", new Atom(String.join(" ", digests.subList(0, shared)))));
        Stack stack = new Stack(shared > 0);
        for (int i = shared; i < layers.size(); i++) {
            stack.add(Layer.read(layers.get(i), reading), i == 0 && layers.size() > 1 ? digests.getFirst() : "");
        }
        stack.parts(form);
        return form.build();
    }
}
