package dev.waybill.compare.data;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import java.io.IOException;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML 1.0 without document types: what those define could be anywhere, so such files are compared as bytes. */
public final class XmlFormat implements Format {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Set<String> EXTENSIONS = Set.of(
            "xml", "pom", "xsd", "wsdl", "xslt", "xsl", "fxml", "tld", "nuspec", "csproj", "plist", "rels", "svg",
            "xhtml");

    private final XMLInputFactory factory = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // Without one, the parser writes what it finds wrong to standard error.
        factory.setXMLReporter((message, type, related, location) -> {});
        return factory;
    }

    @Override
    public String name() {
        return "XML";
    }

    @Override
    public boolean claims(Look look) {
        return EXTENSIONS.contains(look.place().extension());
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public Form read(Bytes bytes, Place place, Reading reading) throws IOException {
        if (bytes.size() > LARGEST) {
            throw new Unreadable("it is larger than XML is read here");
        }
        XmlEvents events = new XmlEvents();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(bytes.open());
            while (reader.hasNext()) {
                reader.next();
                events.add(reader);
            }
            reader.close();
        } catch (XMLStreamException e) {
            throw new Unreadable("it is no XML");
        }
        Form.Builder form = Form.builder("XML");
        form.add(Part.droppable("layout", Atom.hash(bytes), DataRules.XML_LAYOUT));
        form.add(Part.droppable("comments", events.comments(), DataRules.XML_COMMENT));
        boolean shown = place.extension().equals("xhtml") || place.extension().equals("svg");
        Atom document = new Atom(events.document());
        form.add(
                shown
                        ? Part.of("document", document)
                        : Part.normal(
                                "document",
                                document,
                                new Leniency(DataRules.XML_INDENT, new Atom(events.withoutIndentation())),
                                Part.CONTENT));
        return form.build();
    }
}
