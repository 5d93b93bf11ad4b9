package dev.waybill.compare.data;

import dev.waybill.compare.bytes.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** What a parser gives, one event a line; attributes sorted, name spaces with their prefixes, since values can refer to them. */
final class XmlEvents {
    private final List<String> lines = new ArrayList<>();
    private final List<Integer> blanks = new ArrayList<>();
    private final StringBuilder comments = new StringBuilder();
    private final Deque<Element> open = new ArrayDeque<>();

    /** An element while it is open: its blank texts are indentation only if no other text stands beside them. */
    private static final class Element {
        private final List<Integer> blank = new ArrayList<>();
        private final boolean preserve;
        private boolean mixed;
        private boolean parent;

        Element(boolean preserve) {
            this.preserve = preserve;
        }
    }

    void add(XMLStreamReader reader) throws Unreadable {
        switch (reader.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                text(reader.getText());
            case XMLStreamConstants.COMMENT -> comments.append(reader.getText()).append('\n');
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                lines.add("<?" + reader.getPITarget() + " " + reader.getPIData());
            case XMLStreamConstants.START_DOCUMENT, XMLStreamConstants.END_DOCUMENT -> {}
            default -> throw new Unreadable("it has a document type or entities");
        }
    }

    private void start(XMLStreamReader reader) {
        TreeMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            attributes.put("xmlns:" + reader.getNamespacePrefix(i), reader.getNamespaceURI(i));
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeName(i).toString(), reader.getAttributeValue(i));
        }
        boolean kept = "preserve".equals(attributes.get("{http://www.w3.org/XML/1998/namespace}space"));
        if (!open.isEmpty()) {
            open.peek().parent = true;
            kept |= open.peek().preserve;
        }
        open.push(new Element(kept));
        lines.add("<" + reader.getPrefix() + " " + reader.getName() + " " + quoted(attributes.toString()));
    }

    private void text(String text) {
        Element element = open.peek();
        if (element == null) {
            return;
        }
        if (text.isBlank()) {
            element.blank.add(lines.size());
        } else {
            element.mixed = true;
        }
        lines.add("'" + quoted(text));
    }

    private void end() {
        Element element = open.pop();
        if (!element.mixed && element.parent && !element.preserve) {
            blanks.addAll(element.blank);
        }
        lines.add(">");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    String document() {
        return String.join("\n", lines);
    }

    String withoutIndentation() {
        List<String> left = new ArrayList<>(lines);
        blanks.stream().sorted(java.util.Comparator.reverseOrder()).forEach(at -> left.remove((int) at));
        return String.join("\n", left);
    }

    String comments() {
        return comments.toString();
    }
}
