package io.tillwatch.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML, and refuses a field that is given twice or is not known. */
final class Yaml {

    static final YAMLMapper STRICT = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NothingElse())
            .build();

    /** The models keep fields that they do not know for whoever knows them; here nobody does. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated a) {
            return false;
        }
    }

    private Yaml() {}

    /** Every document of a text. */
    static List<JsonNode> documents(String text) {
        try (MappingIterator<JsonNode> all = YAMLMapper.builder(YAMLFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .build()
                .readerFor(JsonNode.class)
                .readValues(text)) {
            return all.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "is no YAML: " + text.lines().findFirst().orElse(""), e);
        }
    }

    /** A document with parts that are written once and used again, of which Jackson's reader knows nothing. */
    static JsonNode withShared(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return STRICT.valueToTree(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).<Object>load(text));
    }

    static JsonNode document(String text) {
        return documents(text).get(0);
    }

    /** @throws IllegalArgumentException naming the field that does not fit */
    static <T> T as(JsonNode node, Class<T> type) {
        return STRICT.convertValue(node, type);
    }
}
