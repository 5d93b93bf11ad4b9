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
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML 1.0 without document types: what those define could be anywhere, so such files are compared as bytes. */
public final class XmlFormat implements Format {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Set<String> EXTENSIONS = Set.of(
            "xml", "pom", "xsd", "wsdl", "xslt", "xsl", "fxml", "tld", "nuspec", "csproj", "plist", "rels", "svg",
            "xhtml");

    private static final Pattern ENCODING = Pattern.compile("<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"']+)");

    private final XMLInputFactory factory = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
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
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text(bytes)));
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

    /** UTF-8 only, decoded here: the parser writes what it finds wrong in bytes to standard error. */
    private static String text(Bytes bytes) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.whole(LARGEST)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("it is not UTF-8");
        }
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        Matcher declared = ENCODING.matcher(plain);
        if (declared.lookingAt() && !declared.group(1).equalsIgnoreCase("utf-8")) {
            throw new Unreadable("it declares another encoding than UTF-8");
        }
        return plain;
    }
}
