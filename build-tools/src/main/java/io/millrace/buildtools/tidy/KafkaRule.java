package io.millrace.buildtools.tidy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Kafka's own jars are oracles and peers of tests. At run time they come only where Kafka's own
/// interfaces are the point: Connect, its connectors, the adapters for serializers; and in
/// examples, which show that Kafka's clients get along with us. The benchmarks start the peer in a
/// process of its own.
final class KafkaRule implements Rule {
    private static final Pattern ALLOWED = Pattern.compile(
            "(connect|connectors/.*|schema-registry/serdes|examples|benchmarks(/.*)?)");
    private static final String GROUP = "org.apache.kafka";

    @Override
    public void check(Repository repository, Complaints complaints) {
        for (TextFile file : repository.files()) {
            String module = file.path().replaceFirst("/?[^/]*$", "");
            if (file.name().equals("pom.xml") && !ALLOWED.matcher(module).matches()) {
                checkPom(file, complaints);
            }
        }
        for (Source source : repository.sources()) {
            if (!source.isTest() && !ALLOWED.matcher(source.module()).matches()) {
                References.of(source).forEach((name, line) -> {
                    if (name.startsWith(GROUP + ".")) {
                        complaints.add(this, source.path(), line, name + " outside of a test");
                    }
                });
            }
        }
    }

    private void checkPom(TextFile pom, Complaints complaints) {
        Element project = parse(pom);
        for (Element list : children(project, "dependencies")) {
            for (Element dependency : children(list, "dependency")) {
                String scope = text(dependency, "scope");
                if (text(dependency, "groupId").equals(GROUP) && !scope.equals("test")) {
                    complaints.add(
                            this,
                            pom.path(),
                            1,
                            text(dependency, "artifactId") + " must have scope test");
                }
            }
        }
    }

    private static Element parse(TextFile pom) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(pom.text())))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(pom.path() + " is not XML", e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
