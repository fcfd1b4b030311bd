package org.cabstand.internal.jpa;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The units of {@code META-INF/persistence.xml}, as they are written.
 *
 * <p>Thread safety: stateless.
 */
final class UnitFile {

    static final String NAME = "META-INF/persistence.xml";

    private UnitFile() {}

    /** A {@code persistence-unit}. */
    record Written(URL file, Element element) {

        String name() {
            return element.getAttribute("name");
        }

        /** The text of the first child with this name; null when there is none, or nothing in it. */
        String text(String child) {
            List<String> all = texts(child);
            return all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
        }

        List<String> texts(String child) {
            return children(element, child).stream().map(e -> e.getTextContent().strip()).toList();
        }

        /** Its transaction type if that is not JTA; otherwise null. */
        String otherTransactions() {
            String type = element.getAttribute("transaction-type").strip();
            return type.isEmpty() || type.equals("JTA") ? null : type;
        }

        boolean excludesUnlisted() {
            List<String> exclude = texts("exclude-unlisted-classes");
            return !exclude.isEmpty() && !exclude.get(0).equals("false");
        }

        SharedCacheMode cache() {
            String mode = text("shared-cache-mode");
            return mode == null ? SharedCacheMode.UNSPECIFIED : SharedCacheMode.valueOf(mode);
        }

        ValidationMode validation() {
            String mode = text("validation-mode");
            return mode == null ? ValidationMode.AUTO : ValidationMode.valueOf(mode);
        }

        Map<String, String> properties() {
            Map<String, String> properties = new LinkedHashMap<>();
            for (Element all : children(element, "properties")) {
                for (Element property : children(all, "property")) {
                    properties.put(property.getAttribute("name"), property.getAttribute("value"));
                }
            }
            return properties;
        }

        /** The archive that the file is in. */
        URL root() throws IOException {
            return archive(file.toString());
        }

        /** The archive of a {@code jar-file}, whose name is relative to the root. */
        URL jar(String jarFile) throws IOException {
            return new URL(root(), jarFile);
        }
    }

    /** A jar for {@code jar:file:/x.jar!/META-INF/persistence.xml}, otherwise a directory. */
    private static URL archive(String file) throws IOException {
        String root = file.substring(0, file.length() - NAME.length());
        return root.startsWith("jar:") && root.indexOf("!/") == root.length() - 2
                ? new URL(root.substring("jar:".length(), root.length() - 2))
                : new URL(root);
    }

    /** All units that the application can see. */
    static List<Written> read(ClassLoader loader) throws IOException, SAXException {
        List<Written> units = new ArrayList<>();
        for (URL file : Collections.list(loader.getResources(NAME))) {
            URLConnection connection = file.openConnection();
            connection.setUseCaches(false); // a cached jar would stay open
            try (InputStream stream = connection.getInputStream()) {
                Element root = parser().newDocumentBuilder().parse(stream).getDocumentElement();
                children(root, "persistence-unit").forEach(e -> units.add(new Written(file, e)));
            } catch (ParserConfigurationException e) {
                throw new SAXException(e);
            }
        }
        return units;
    }

    private static DocumentBuilderFactory parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }
}
